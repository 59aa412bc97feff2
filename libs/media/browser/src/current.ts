import type { Observable } from 'rxjs';

/** Something that always has a value: it emits the present one on subscribing, and each new one after that. */
export interface Current<T> extends Observable<T> {
  readonly value: T;
}
