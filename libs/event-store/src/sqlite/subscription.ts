import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SubscribeAllOptions } from '../event-store';
import type { LogPage } from './log-file';
import { fromPosition, toHead } from './log-position';
import type { HeadSignal } from './head-signal';

/** Where a subscription takes its events from. */
export interface SubscriptionSource {
  /** The next events after `after`; `fromFile` says that the thread was held by a read. */
  next(after: bigint, types: readonly string[] | undefined): LogPage & { readonly fromFile: boolean };
  readonly head: HeadSignal;
}

/** Runs one `subscribeAll` until its signal, the store's close or a rejection of the consumer. */
export async function runSubscription(source: SubscriptionSource, options: SubscribeAllOptions): Promise<void> {
  let position = fromPosition(options.after);
  let announced: bigint | undefined;
  const ended = (): boolean => options.signal.aborted || source.head.closed;
  while (!ended()) {
    const page = source.next(position, options.types);
    position = page.position;
    if (page.events.length > 0) await options.onEvents(page.events);
    if (page.atEnd) {
      if (announced !== position && !ended()) await options.onCaughtUp?.(toHead(position));
      announced = position;
    }
    await turn(page);
  }

  /** At the end: until the log grows. In a long catch-up: the others get a turn. */
  async function turn({ atEnd, fromFile }: { atEnd: boolean; fromFile: boolean }): Promise<void> {
    if (atEnd) await source.head.passes(position, options.signal);
    else if (fromFile) await nextTurn();
  }
}
