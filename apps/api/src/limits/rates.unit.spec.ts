import { describe, expect, it } from '@jest/globals';
import { RateLimit } from './rates';

function limit(most?: number): { rate: RateLimit; pass: (ms: number) => void } {
  let now = 0;
  return { rate: new RateLimit({ burst: 3, perSecond: 2 }, () => now, most), pass: (ms) => void (now += ms) };
}

describe('a rate limit', () => {
  it('gives a burst at once, then as fast as it refills, and says how long to wait', () => {
    const { rate, pass } = limit();
    expect([1, 2, 3, 4].map(() => rate.take('a'))).toEqual([0, 0, 0, 500]);
    pass(499);
    expect(rate.take('a')).toBeGreaterThan(0);
    pass(1);
    expect(rate.take('a')).toBe(0);
    expect(rate.take('a')).toBe(500);
  });

  it('keeps callers apart', () => {
    const { rate } = limit();
    for (let n = 0; n < 10; n++) rate.take('a');
    expect(rate.take('b')).toBe(0);
  });

  it('never saves up more than its burst', () => {
    const { rate, pass } = limit();
    pass(3_600_000);
    expect([1, 2, 3, 4].map(() => rate.take('a') === 0)).toEqual([true, true, true, false]);
  });

  it('lets a caller pay for what was used already', () => {
    const { rate, pass } = limit();
    rate.charge('a', 13);
    expect(rate.take('a')).toBe(5500);
    pass(5500);
    expect(rate.take('a')).toBe(0);
  });

  it('keeps no more callers than its bound, the latest ones, and forgets whoever has all tokens again', () => {
    const { rate, pass } = limit(2);
    for (const key of ['a', 'b', 'b', 'b', 'c']) rate.take(key);
    expect(rate.size).toBe(2);
    expect(rate.take('b')).toBeGreaterThan(0);
    pass(10_000);
    rate.sweep();
    expect(rate.size).toBe(0);
  });
});
