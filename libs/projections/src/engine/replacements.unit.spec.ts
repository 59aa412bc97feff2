import { expect, it } from '@jest/globals';
import { pauseBeforeReplacing } from './replacements';

it('replaces a spoilt file at once the first two times, then later each time, and never gives up', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 100].map((times) => pauseBeforeReplacing(times) / 1000)).toEqual([
    0, 0, 10, 20, 40, 80, 160, 300, 300,
  ]);
});
