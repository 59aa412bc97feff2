import { describe, expect, it } from '@jest/globals';
import { KeyCache } from './key-cache';

describe('KeyCache', () => {
  it('keeps what is used and lets go what was not used for long', () => {
    const cache = new KeyCache<number>(10);
    cache.set('used', 1);
    cache.set('unused', 2);
    for (let at = 0; at < 50; at++) {
      cache.set(`other-${at}`, at);
      expect(cache.get('used')).toBe(1);
    }
    expect(cache.get('unused')).toBeUndefined();
    expect(
      Array.from({ length: 50 }, (_, at) => cache.get(`other-${at}`)).filter((kept) => kept !== undefined).length,
    ).toBeLessThanOrEqual(20);
  });

  it('forgets one, all of a prefix, or everything, wherever it stands', () => {
    const cache = new KeyCache<number>(2);
    for (const name of ['a-1', 'a-2', 'b-1', 'b-2']) cache.set(name, 1);
    cache.delete('a-1');
    cache.deletePrefix('b-');
    expect(['a-1', 'a-2', 'b-1', 'b-2'].map((name) => cache.get(name))).toEqual([undefined, 1, undefined, undefined]);
    cache.clear();
    expect(cache.get('a-2')).toBeUndefined();
  });
});
