import { concatWith, defer, filter, from, map, retry, tap, throwError, timer } from 'rxjs';
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
  'NOT_YET',
  'REVISION_CONFLICT',
]);

/**
 * Opens a feed again each time it breaks off or completes, until it is unsubscribed or refused for good.
 * @param whenReachable settles when the server is to be tried again
 */
export function persistent<T>(open: () => Observable<T>, whenReachable: () => Promise<void>): Observable<T> {
  return defer(() => {
    let failures = 0;
    const brokeOff = throwError(() => new Error('The feed broke off.'));
    const again = (error: unknown): Observable<unknown> => {
      const failure = failureOf(error);
      if (failure.kind === 'unreachable') return from(whenReachable());
      if (failure.kind === 'refused' && !passing.has(failure.code)) throw new FeedRefused(failure);
      return timer(backOffMs(failures++, Math.random()));
    };
    return defer(open).pipe(
      tap(() => (failures = 0)),
      concatWith(brokeOff),
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
    return persistent(() => open(upTo), whenReachable).pipe(
      map((batch) => {
        const known = batch.reset ? -1 : (upTo ?? -1);
        upTo = Math.max(known, batch.upTo);
        return { ...batch, events: batch.events.filter(({ revision }) => revision > known) };
      }),
      filter((batch) => batch.reset || batch.caughtUp || batch.events.length > 0),
    );
  });
}
