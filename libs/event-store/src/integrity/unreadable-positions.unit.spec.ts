import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { UnreadablePositions } from './unreadable-positions';

function unreadable(positions: readonly number[], most?: number): UnreadablePositions {
  const made = new UnreadablePositions(most);
  for (const position of positions) made.add(BigInt(position), position % 100 === 0 ? 'locked' : 'malformed');
  return made;
}

describe('positions of events that cannot be read', () => {
  it('are as many ranges as there are, in whatever order and how often they are told', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40)), (positions) => {
        const { size, ranges } = unreadable(positions);
        const told = ranges.flatMap(({ from, to }) =>
          Array.from({ length: Number(to - from) + 1 }, (_, at) => Number(from) + at),
        );
        const once = [...new Set(positions)].sort((a, b) => a - b);
        expect([size, told]).toEqual([once.length, once]);
        const starts = once.filter((position) => position < 2 || !once.includes(position - 1));
        expect(ranges.map(({ from }) => Number(from))).toEqual(starts);
      }),
    );
  });

  it('are one range for each reason', () => {
    expect(unreadable([98, 99, 100, 101]).ranges).toEqual([
      { from: 98n, to: 99n, why: 'malformed' },
      { from: 100n, to: 100n, why: 'locked' },
      { from: 101n, to: 101n, why: 'malformed' },
    ]);
  });

  it('are told apart from those where no event stands', () => {
    expect(unreadable([3, 4, 6, 20]).holesBetween(1n, 9n)).toEqual([
      { from: 2n, to: 2n, isUnreadable: false },
      { from: 3n, to: 4n, isUnreadable: true },
      { from: 5n, to: 5n, isUnreadable: false },
      { from: 6n, to: 6n, isUnreadable: true },
      { from: 7n, to: 8n, isUnreadable: false },
    ]);
  });

  it('are counted where they are too many to be kept, and nothing behind is said to be missing', () => {
    const many = unreadable([1, 3, 5, 7, 9, 3, 7], 2);
    expect([many.size, many.ranges.length]).toEqual([5, 2]);
    expect(many.holesBetween(3n, 8n)).toEqual([{ from: 4n, to: 7n, isUnreadable: true }]);
    expect([4n, 5n, 8n].map((position) => many.has(position))).toEqual([false, true, true]);
  });
});
