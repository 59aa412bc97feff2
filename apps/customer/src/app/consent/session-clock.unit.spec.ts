import { expect, test } from '@jest/globals';
import { SessionClock } from './session-clock';

const at = '2026-11-20T09:00:00.000Z';
const then = Date.parse(at);

test('counts both clocks as equal until something was seen', () => {
  expect(new SessionClock().now(then)).toBe(then);
});

test('is right to a delivery’s time, however wrong this computer is', () => {
  const clock = new SessionClock();
  clock.saw(at, then + 60_000 + 300);
  clock.saw(at, then + 60_000 + 40);
  clock.saw(at, then + 60_000 + 900);
  expect(clock.now(then + 60_000 + 40)).toBe(then);
});

test('may be behind as well', () => {
  const clock = new SessionClock();
  clock.saw(at, then - 90_000);
  expect(clock.now(then - 90_000)).toBe(then);
});
