import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { DatabaseLocked, isPassing, whenFree } from '@deskside/sqlite';
import type { SubscribeAllOptions } from '../event-store';
import type { LogPage } from './log-file';
import { fromPosition, toHead } from './log-position';
import type { HeadSignal } from './head-signal';

/** How often a subscription that waits for a lock, or for the disk, looks whether it has ended. */
const LOOK_MS = 1000;

/** `fromFile` says that the thread was held by a read. */
type SourcePage = LogPage & { readonly fromFile: boolean };

/** Where a subscription takes its events from. */
export interface SubscriptionSource {
  /** The next events after `after`. Throws SQLite's BUSY instead of waiting. */
  next(after: bigint, types: readonly string[] | undefined): SourcePage;
  readonly head: HeadSignal;
}

/** Runs one `subscribeAll` until its signal, the store's close or a rejection of the consumer. */
export async function runSubscription(source: SubscriptionSource, options: SubscribeAllOptions): Promise<void> {
  let position = fromPosition(options.after);
  let announced: bigint | undefined;
  const ended = (): boolean => options.signal.aborted || source.head.closed;
  while (!ended()) {
    const page = await next(position);
    if (page === undefined) continue;
    position = page.position;
    if (page.events.length > 0) await options.onEvents(page.events);
    if (page.atEnd) {
      if (announced !== position && !ended()) await options.onCaughtUp?.(toHead(position));
      announced = position;
    }
    await turn(page);
  }

  /** Undefined while the file cannot be read: then there is nothing to go on with, but the end to look for. */
  async function next(after: bigint): Promise<SourcePage | undefined> {
    try {
      return await whenFree(() => source.next(after, options.types), { ms: LOOK_MS, signal: options.signal });
    } catch (error) {
      if (error instanceof DatabaseLocked) return undefined;
      if (!isPassing(error)) throw error;
      await sleep(LOOK_MS, undefined, { signal: options.signal }).catch(() => undefined);
      return undefined;
    }
  }

  /** At the end: until the log grows. In a long catch-up: the others get a turn. */
  async function turn({ atEnd, fromFile }: { atEnd: boolean; fromFile: boolean }): Promise<void> {
    if (atEnd) await source.head.passes(position, options.signal);
    else if (fromFile) await nextTurn();
  }
}
