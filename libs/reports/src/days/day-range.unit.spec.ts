import { describe, expect, it } from '@jest/globals';
import { columnsOf, localTime, parseDayRange } from './day-range';

const hours = (from: string, to: string, timeZone: string): number => {
  const parsed = parseDayRange({ from, to, timeZone });
  if (!parsed.ok) throw new Error(parsed.code);
  return (parsed.span.to - parsed.span.from) / 3_600_000;
};
const codeOf = (from: string, to: string, timeZone = 'UTC'): string => {
  const parsed = parseDayRange({ from, to, timeZone });
  return parsed.ok ? 'ok' : parsed.code;
};

describe('days of a time zone', () => {
  it.each([
    ['2026-11-20', 'Europe/Belgrade', 24],
    ['2026-03-29', 'Europe/Belgrade', 23],
    ['2026-10-25', 'Europe/Belgrade', 25],
    ['2026-10-04', 'Australia/Lord_Howe', 23.5],
    ['2026-04-05', 'Australia/Lord_Howe', 24.5],
    ['2026-06-01', 'Asia/Kathmandu', 24],
    // Midnight itself was skipped in Cairo: the day begins at one o'clock.
    ['2026-04-24', 'Africa/Cairo', 23],
  ])('%s in %s has %d hours', (day, zone, expected) => {
    expect(hours(day, day, zone)).toBe(expected);
  });

  it('begin at quarters of an hour of UTC, in zones of half hours and 45 minutes too', () => {
    for (const zone of ['Asia/Kathmandu', 'Australia/Lord_Howe', 'Australia/Eucla', 'America/St_Johns'])
      for (const day of ['2026-04-05', '2026-10-04', '2026-03-08']) {
        const parsed = parseDayRange({ from: day, to: day, timeZone: zone });
        expect(parsed.ok && parsed.span.from % 900_000).toBe(0);
        expect(parsed.ok && parsed.span.to % 900_000).toBe(0);
      }
  });

  it('are refused the wrong way round, over 400 days and when they are none', () => {
    expect(codeOf('2026-11-20', '2026-11-19')).toBe('RANGE_INVALID');
    expect(codeOf('2026-01-01', '2027-02-04')).toBe('ok');
    expect(codeOf('2026-01-01', '2027-02-05')).toBe('RANGE_INVALID');
    for (const day of ['2026-02-30', '20261120', '2026-11-20T00:00', 'today', '', '-000001-01-01'])
      expect([day, codeOf(day, '2026-11-20')]).toEqual([day, 'RANGE_INVALID']);
  });

  it('are refused in a zone that nobody knows, and in an offset that is none', () => {
    for (const zone of ['Mars/Olympus', '', '+05:30', '-03', '2026', 'Europe/Belgrade ', 'UTC[u-ca=hebrew]'])
      expect([zone, codeOf('2026-11-20', '2026-11-20', zone)]).toEqual([zone, 'TIME_ZONE_UNKNOWN']);
  });
});

describe('columns of a chart', () => {
  const clock = (from: string, to: string, timeZone: string): string[] =>
    columnsOf({ from, to, timeZone }).map((at) => localTime(at, timeZone).slice(5, 16));

  it('are hours within two days and days beyond', () => {
    expect(clock('2026-11-20', '2026-11-21', 'Asia/Kathmandu')).toHaveLength(48);
    expect(clock('2026-11-20', '2026-11-22', 'Asia/Kathmandu')).toEqual([
      ...['11-20T00:00', '11-21T00:00', '11-22T00:00'],
    ]);
  });

  it('leave out the hour that the clock skips and show the repeated one twice', () => {
    expect(clock('2026-03-29', '2026-03-29', 'Europe/Belgrade').slice(0, 4)).toEqual([
      ...['03-29T00:00', '03-29T01:00', '03-29T03:00', '03-29T04:00'],
    ]);
    expect(clock('2026-10-25', '2026-10-25', 'Europe/Belgrade')).toHaveLength(25);
  });

  it('go on with full hours after a change by half an hour', () => {
    expect(clock('2026-10-04', '2026-10-04', 'Australia/Lord_Howe').slice(1, 5)).toEqual([
      ...['10-04T01:00', '10-04T02:30', '10-04T03:00', '10-04T04:00'],
    ]);
    expect(clock('2026-04-05', '2026-04-05', 'Australia/Lord_Howe').slice(1, 5)).toEqual([
      ...['04-05T01:00', '04-05T01:30', '04-05T02:00', '04-05T03:00'],
    ]);
  });
});

it('an instant is written as the zone shows it, with its offset', () => {
  expect(localTime(Date.parse('2026-11-20T13:03:05.678Z'), 'Europe/Belgrade')).toBe('2026-11-20T14:03:05+01:00');
  expect(localTime(Date.parse('2026-11-20T13:03:05.678Z'), 'Asia/Kathmandu')).toBe('2026-11-20T18:48:05+05:45');
});
