import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ReadModelUnavailable } from '@deskside/projections';
import type { ReadModels } from '@deskside/projections';
import { listFeed } from './list-feed';

describe('a list feed whose read model cannot be asked', () => {
  let change: () => void = () => undefined;
  const readModels = {
    onChange: (_name: string, listener: () => void) => {
      change = listener;
      return () => undefined;
    },
  } as unknown as ReadModels;
  let refusals = 0;
  const read = (): readonly string[] => {
    if (refusals-- > 0) throw new ReadModelUnavailable('sessions', 'for a test');
    return ['one'];
  };

  beforeEach(() => {
    refusals = 0;
    jest.useFakeTimers();
  });
  afterEach(() => void jest.useRealTimers());

  it('sends its list as soon as there is a new file', async () => {
    refusals = 1;
    const feed = listFeed(readModels, ['sessions'], read);
    const list = feed.next();
    await jest.advanceTimersByTimeAsync(0);
    change();
    expect(await list).toEqual({ done: false, value: ['one'] });
  });

  it('asks again by itself when nothing tells it to', async () => {
    refusals = 3;
    const feed = listFeed(readModels, ['sessions'], read);
    const list = feed.next();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(await list).toEqual({ done: false, value: ['one'] });
  });

  it('ends when its watcher goes', async () => {
    refusals = Infinity;
    const feed = listFeed(readModels, ['sessions'], read);
    const list = feed.next();
    await jest.advanceTimersByTimeAsync(0);
    await feed.return?.();
    expect(await list).toEqual({ done: true, value: undefined });
    expect(jest.getTimerCount()).toBe(0);
  });

  it('still fails of anything else', async () => {
    const feed = listFeed(readModels, ['sessions'], () => Promise.reject(new Error('a bug')));
    await expect(feed.next()).rejects.toThrow('a bug');
  });
});
