import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { WriterRestarts } from './writer-restarts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** Milliseconds that pass until it is started again. */
function pauseOf(restarts: WriterRestarts): number {
  let isStarted = false;
  restarts.plan(() => (isStarted = true));
  const begin = Date.now();
  while (!isStarted) jest.advanceTimersToNextTimer();
  return Date.now() - begin;
}

it('is at once after something was written, later each time without, and never in a loop', () => {
  const restarts = new WriterRestarts();
  const pauses = Array.from({ length: 11 }, () => pauseOf(restarts));
  expect(pauses).toEqual([0, 250, 500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  restarts.wrote();
  expect(pauseOf(restarts)).toBe(0);
});
