import { expect, test } from '@jest/globals';
import { digitsIn } from './digits';

test.each([
  ['', 0],
  ['482 913', 6],
  ['４８２', 3],
  ['abc', 0],
])('%j has %d digits', (typed, count) => expect(digitsIn(typed)).toBe(count));
