import { EMPTY, concatWith, defer, filter, from, map, retry, tap, throwError, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { failureOf } from '../refusals/failure';
import type { Failure } from '../refusals/failure';
import { backOffMs } from './back-off';

/** One delivery of a session's feed, as both endpoints send it. */
export interface FeedBatch<Event extends { readonly revision: number }> {
  readonly reset: boolean;
  readonly events: readonly Event[];
  readonly upTo: number;
  readonly caughtUp: boolean;
}

/** What ends a feed: the server refused it, and asking again would bring the same answer. */
export class FeedRefused extends Error {
  readonly failure: Failure & { kind: 'refused' };

  constructor(failure: Failure & { kind: 'refused' }) {
    super(`Refused: ${failure.code}`);
    this.failure = failure;
  }
}

/** Reasons that pass by themselves. */
const passing: ReadonlySet<string> = new Set([
  'LOG_UNAVAILABLE',
  'LOG_DISK_FULL',
  'TOO_MANY_TRIES',
  'TOO_MANY_REQUESTS',
  'NOT_YET',
  'REVISION_CONFLICT',
]);

/** A server that stops completes its feeds first; one that completes again and again has nothing more to say. */
const completionsInARow = 5;
const completed = Symbol('completed');

/**
 * Opens a feed again each time it breaks off, until it is unsubscribed, refused for good, or plainly over.
 * @param whenReachable settles when the server is to be tried again
 * @param isNews tells deliveries that say something new from those that only greet
 */
export function persistent<T>(
  open: () => Observable<T>,
  whenReachable: () => Promise<void>,
  isNews: (value: T) => boolean = () => true,
): Observable<T> {
  return defer(() => {
    let pauses = 0;
    const pause = (): Observable<unknown> => timer(backOffMs(pauses++, Math.random()));
    const again = (error: unknown): Observable<unknown> => {
      if (error === completed) return pauses < completionsInARow ? pause() : EMPTY;
      const failure = failureOf(error);
      if (failure.kind === 'unreachable') return from(whenReachable());
      if (failure.kind === 'refused' && !passing.has(failure.code)) throw new FeedRefused(failure);
      return pause();
    };
    return defer(open).pipe(
      tap((value) => {
        if (isNews(value)) pauses = 0;
      }),
      concatWith(throwError(() => completed)),
      retry({ delay: again }),
    );
  });
}

/**
 * A session's feed without gap or double over any number of reconnections: each opening asks for what comes after the
 * last delivery (graphql-ws by itself would repeat its first variables), and what is known already is dropped.
 */
export function resumable<Event extends { readonly revision: number }, Batch extends FeedBatch<Event>>(
  open: (afterRevision: number | undefined) => Observable<Batch>,
  whenReachable: () => Promise<void>,
): Observable<Batch> {
  return defer(() => {
    let upTo: number | undefined;
    const isNews = ({ events, reset }: Batch): boolean =>
      reset || events.some(({ revision }) => revision > (upTo ?? -1));
    return persistent(() => open(upTo), whenReachable, isNews).pipe(
      map((batch) => {
        const known = batch.reset ? -1 : (upTo ?? -1);
        upTo = Math.max(known, batch.upTo);
        return { ...batch, events: batch.events.filter(({ revision }) => revision > known) };
      }),
      filter((batch) => batch.reset || batch.caughtUp || batch.events.length > 0),
    );
  });
}
