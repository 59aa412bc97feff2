import { setTimeout as pause } from 'node:timers/promises';
import type { ProjectionName, ReadModels } from '@deskside/projections';
import { Mailbox } from './mailbox';

/**
 * A list that is sent whole: at once, and after each change of the read models that it is made from.
 * @param everyMs changes that come sooner after a list than this are sent together
 */
export function listFeed<List>(
  readModels: ReadModels,
  names: readonly ProjectionName[],
  read: () => List | Promise<List>,
  everyMs = 0,
): AsyncIterableIterator<List> {
  const over = new AbortController();
  const changes = new Mailbox<true>(() => {
    over.abort();
    for (const stop of stops) stop();
  });
  const stops = names.map((name) => readModels.onChange(name, () => changes.push(true)));
  changes.push(true);
  let sentAt = -Infinity;
  return {
    async next() {
      const wait = sentAt + everyMs - performance.now();
      if (wait > 0) await pause(wait, undefined, { signal: over.signal }).catch(() => undefined);
      const change = await changes.take();
      if (change === null) return { done: true, value: undefined };
      sentAt = performance.now();
      return { done: false, value: await read() };
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
