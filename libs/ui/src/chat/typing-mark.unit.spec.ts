import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { TypingMark } from './typing-mark';

const signal = jest.fn<(to: string, typing: boolean) => void>();
let mark: TypingMark;

beforeEach(() => {
  jest.useFakeTimers();
  signal.mockReset();
  mark = new TypingMark(signal);
});
afterEach(() => void jest.useRealTimers());

test('says that somebody types at most once in three seconds', () => {
  for (let i = 0; i < 40; i++) {
    mark.typed('all');
    jest.advanceTimersByTime(100);
  }
  expect(signal.mock.calls).toEqual([
    ['all', true],
    ['all', true],
  ]);
});

test('goes out by itself after a pause, once', () => {
  mark.typed('all');
  jest.advanceTimersByTime(20_000);
  mark.over();
  expect(signal.mock.calls).toEqual([
    ['all', true],
    ['all', false],
  ]);
});

test('moves with the recipient', () => {
  mark.typed('all');
  mark.typed('bo');
  expect(signal.mock.calls).toEqual([
    ['all', true],
    ['all', false],
    ['bo', true],
  ]);
});

test('says nothing of somebody who never typed', () => {
  mark.over();
  expect(signal).not.toHaveBeenCalled();
});
