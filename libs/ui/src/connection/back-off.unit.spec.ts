import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { backOffMs, firstWaitMs, longestWaitMs } from './back-off';

test('waits longer each time, never longer than the cap, and never less than half of it', () => {
  expect([0, 1, 2, 3, 4, 5, 50].map((attempt) => backOffMs(attempt, 1))).toEqual([
    500, 1000, 2000, 4000, 8000, 15000, 15000,
  ]);
  fc.assert(
    fc.property(fc.nat(10_000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
      const wait = backOffMs(attempt, chance);
      return wait >= firstWaitMs / 2 && wait <= longestWaitMs && (attempt < 5 || wait >= longestWaitMs / 2);
    }),
  );
});
