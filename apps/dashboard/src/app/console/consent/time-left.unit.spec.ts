import { expect, test } from '@jest/globals';
import { timeLeft } from './time-left';

const expiresAt = '2026-11-20T12:02:00.000Z';
const at = (clock: string): number => Date.parse(`2026-11-20T${clock}.000Z`);

test('the time of a question runs down to nothing and no further', () => {
  expect(timeLeft(expiresAt, at('12:00:00'))).toEqual({ milliseconds: 120_000, fraction: 1 });
  expect(timeLeft(expiresAt, at('12:01:30'))).toEqual({ milliseconds: 30_000, fraction: 0.25 });
  expect(timeLeft(expiresAt, at('12:05:00'))).toEqual({ milliseconds: 0, fraction: 0 });
});

test('more time than a question has at first fills the ring', () => {
  expect(timeLeft(expiresAt, at('11:59:00'))).toEqual({ milliseconds: 180_000, fraction: 1 });
});
