import type { ProjectionName, ReadModels } from '@deskside/projections';
import { Mailbox } from './mailbox';

/** A list that is sent whole: at once, and after each change of the read models that it is made from. */
export function listFeed<List>(
  readModels: ReadModels,
  names: readonly ProjectionName[],
  read: () => List | Promise<List>,
): AsyncIterableIterator<List> {
  const changes = new Mailbox<true>(() => {
    for (const stop of stops) stop();
  });
  const stops = names.map((name) => readModels.onChange(name, () => changes.push(true)));
  changes.push(true);
  return {
    async next() {
      const change = await changes.take();
      return change === null ? { done: true, value: undefined } : { done: false, value: await read() };
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
