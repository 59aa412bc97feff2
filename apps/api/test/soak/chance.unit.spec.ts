import { describe, expect, it } from '@jest/globals';
import { Chance } from './chance';

const first = (chance: Chance): number[] => Array.from({ length: 1000 }, () => chance.next());

describe('chance', () => {
  it('is the same from the same seed, and another from another', () => {
    expect(first(new Chance(7))).toEqual(first(new Chance(7)));
    expect(first(new Chance(8))).not.toEqual(first(new Chance(7)));
  });

  it('of a fork does not depend on what is taken from its origin later', () => {
    const [one, other] = [new Chance(7), new Chance(7)];
    const [fork, same] = [one.fork(), other.fork()];
    first(one);
    expect(first(fork)).toEqual(first(same));
  });

  it('is spread over the whole range, both ends of whole numbers included', () => {
    const chance = new Chance(1);
    const counts = [0, 0, 0];
    for (let n = 0; n < 3000; n++) counts[chance.whole(0, 2)]! += 1;
    expect(Math.min(...counts)).toBeGreaterThan(900);
  });
});
