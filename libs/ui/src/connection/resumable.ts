import { EMPTY, concatWith, defer, filter, finalize, from, map, retry, tap, throwError, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { failureOf, passesByItself, secondsAskedFor } from '../refusals/failure';
import type { Failure } from '../refusals/failure';
import { backOffMs } from './back-off';
import type { WindowLimit } from './window-limit';

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

/** What a feed that broke off waits for. */
export interface FeedWaits {
  /** Settles when the server is to be tried again. */
  whenReachable(): Promise<void>;
  readonly windows: Pick<WindowLimit, 'whenRoom' | 'forget'>;
}

/** A server that stops completes its feeds first; one that completes again and again has nothing more to say. */
const completionsInARow = 5;
const completed = Symbol('completed');

/**
 * Opens a feed again each time it breaks off, until it is unsubscribed, refused for good, or plainly over.
 * @param isNews tells deliveries that say something new from those that only greet
 */
export function persistent<T>(
  open: () => Observable<T>,
  { whenReachable, windows }: FeedWaits,
  isNews: (value: T) => boolean = () => true,
): Observable<T> {
  return defer(() => {
    let pauses = 0;
    const feed = {};
    const pause = (seconds = 0): Observable<unknown> => timer(seconds * 1000 + backOffMs(pauses++, Math.random()));
    const again = (error: unknown): Observable<unknown> => {
      if (error === completed) return pauses < completionsInARow ? pause() : EMPTY;
      const failure = failureOf(error);
      if (failure.kind === 'unreachable') return from(whenReachable());
      if (failure.kind === 'broken') return pause();
      if (failure.code === 'TOO_MANY_OPEN') return windows.whenRoom(feed);
      if (!passesByItself(failure)) throw new FeedRefused(failure);
      return pause(secondsAskedFor(failure));
    };
    return defer(open).pipe(
      tap((value) => {
        windows.forget(feed);
        if (isNews(value)) pauses = 0;
      }),
      concatWith(throwError(() => completed)),
      retry({ delay: again }),
      finalize(() => windows.forget(feed)),
    );
  });
}

/**
 * A session's feed without gap or double over any number of reconnections: each opening asks for what comes after the
 * last delivery (graphql-ws by itself would repeat its first variables), and what is known already is dropped.
 */
export function resumable<Event extends { readonly revision: number }, Batch extends FeedBatch<Event>>(
  open: (afterRevision: number | undefined) => Observable<Batch>,
  waits: FeedWaits,
): Observable<Batch> {
  return defer(() => {
    let upTo: number | undefined;
    const isNews = ({ events, reset }: Batch): boolean =>
      reset || events.some(({ revision }) => revision > (upTo ?? -1));
    return persistent(() => open(upTo), waits, isNews).pipe(
      map((batch) => {
        const known = batch.reset ? -1 : (upTo ?? -1);
        upTo = Math.max(known, batch.upTo);
        return { ...batch, events: batch.events.filter(({ revision }) => revision > known) };
      }),
      filter((batch) => batch.reset || batch.caughtUp || batch.events.length > 0),
    );
  });
}
