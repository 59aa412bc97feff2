import { describe, expect, test } from '@jest/globals';
import { formatDuration, formatRelative, stopwatch } from './time-formats';

const minute = 60_000;
const hour = 60 * minute;

test.each([
  [-5, '0:00'],
  [41_900, '0:41'],
  [12 * minute + 3_000, '12:03'],
  [hour + 2 * minute + 3_000, '1:02:03'],
  [101 * hour, '101:00:00'],
])('%d ms on the stopwatch: %s', (ms, shown) => expect(stopwatch(ms)).toBe(shown));

describe('a length of time in words', () => {
  test.each([
    [0, 'en', '0 seconds'],
    [1_000, 'en', '1 second'],
    [12 * minute + 3_000, 'en', '12 minutes, 3 seconds'],
    [hour, 'en', '1 hour'],
    [26 * hour + 5_000, 'en', '1 day, 2 hours'],
    [21_000, 'sr-Latn-RS', '21 sekunda'],
    [22 * minute, 'sr-Latn-RS', '22 minuta'],
    [3 * minute, 'sr-Cyrl-RS', '3 минута'],
    [12 * minute + 3_000, 'zh-Hant-TW', '12 分鐘 3 秒'],
  ])('%d ms in %s', (ms, tag, words) => expect(formatDuration(ms, tag)).toBe(words));
});

describe('how long ago', () => {
  test.each([
    [-3_000, 'en', 'now'],
    [-2 * minute, 'en', '2 minutes ago'],
    [-2 * minute, 'sr-Latn-RS', 'pre 2 minuta'],
    [-21 * minute, 'sr-Cyrl-RS', 'пре 21 минута'],
    [-2 * minute, 'zh-Hant-TW', '2 分鐘前'],
    [3 * hour, 'en', 'in 3 hours'],
    [-40 * 24 * hour, 'en', 'last month'],
  ])('%d ms in %s', (ms, tag, words) => expect(formatRelative(ms, tag)).toBe(words));
});
