import { describe, expect, it } from '@jest/globals';
import { HeldCount, holdAll } from './held-counts';

describe('what an owner holds', () => {
  it('is counted up to the most, and free again once', () => {
    const count = new HeldCount(2);
    const first = count.hold('a');
    expect(count.hold('a')).not.toBeNull();
    expect(count.hold('a')).toBeNull();
    expect(count.hold('b')).not.toBeNull();
    first?.();
    first?.();
    expect(count.of('a')).toBe(1);
    expect(count.hold('a')).not.toBeNull();
    expect(count.hold('a')).toBeNull();
  });

  it('costs nothing once it is given back', () => {
    const count = new HeldCount(2);
    count.hold('a')?.();
    expect(count.size).toBe(0);
  });

  it('is taken whole or not at all', () => {
    const [one, other] = [new HeldCount(5), new HeldCount(1)];
    const both = (): ReturnType<typeof holdAll> => holdAll([() => one.hold('a'), () => other.hold('a')]);
    const release = both();
    expect(release).not.toBeNull();
    expect(both()).toBeNull();
    expect([one.of('a'), other.of('a')]).toEqual([1, 1]);
    release?.();
    expect([one.of('a'), other.of('a')]).toEqual([0, 0]);
  });
});
