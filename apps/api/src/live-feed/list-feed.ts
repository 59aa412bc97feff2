import { setTimeout as pause } from 'node:timers/promises';
import { askAgainAfter, ReadModelUnavailable } from '@deskside/projections';
import type { ProjectionName, ReadModels } from '@deskside/projections';
import { Mailbox } from './mailbox';

/**
 * A list that is sent whole: at once, and after each change of the read models that it is made from.
 * @param everyMs changes that come sooner after a list than this are sent together
 */
export function listFeed<List extends object>(
  readModels: ReadModels,
  names: readonly ProjectionName[],
  read: () => List | Promise<List>,
  everyMs = 0,
): AsyncIterableIterator<List> {
  const over = new AbortController();
  const changes = new Mailbox<true>(() => {
    over.abort();
    for (const stop of stops) stop();
    clearTimeout(rest);
  });
  const stops = names.map((name) => readModels.onChange(name, () => changes.push(true)));
  changes.push(true);
  let sentAt = -Infinity;
  let rest: NodeJS.Timeout | undefined;
  const readOrRest = async (): Promise<List | null> => {
    clearTimeout(rest);
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof ReadModelUnavailable)) throw error;
      // Unless a change comes first.
      rest = setTimeout(() => changes.push(true), askAgainAfter).unref();
      return null;
    }
  };
  return {
    async next() {
      const wait = sentAt + everyMs - performance.now();
      if (wait > 0) await pause(wait, undefined, { signal: over.signal }).catch(() => undefined);
      while ((await changes.take()) !== null) {
        sentAt = performance.now();
        const list = await readOrRest();
        if (list !== null) return { done: false, value: list };
      }
      return { done: true, value: undefined };
    },
    async return() {
      changes.end();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
