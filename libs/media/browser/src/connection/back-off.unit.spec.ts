import { expect, it } from '@jest/globals';
import { backOff } from './back-off';

it('doubles from half a second and stays at ten seconds', () => {
  expect([1, 2, 3, 4, 5, 6, 60].map((failures) => backOff(failures, 1))).toEqual([
    500, 1000, 2000, 4000, 8000, 10_000, 10_000,
  ]);
});

it('is at least half of that, whatever chance says', () => {
  expect([1, 6, 1000].map((failures) => backOff(failures, 0))).toEqual([250, 5000, 5000]);
});
