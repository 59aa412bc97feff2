import { describe, expect, it } from '@jest/globals';
import { dayAfter, dayOf, firstOfMonth, isDay, startOfDay } from './days';

describe('days of a time zone', () => {
  it.each([
    ['2026-11-20T23:30:00.000Z', 'UTC', '2026-11-20'],
    ['2026-11-20T23:30:00.000Z', 'Europe/Belgrade', '2026-11-21'],
    ['2026-11-20T18:29:59.999Z', 'Asia/Kolkata', '2026-11-20'],
    ['2026-11-20T18:30:00.000Z', 'Asia/Kolkata', '2026-11-21'],
    ['2026-11-21T04:00:00.000Z', 'America/New_York', '2026-11-20'],
    ['2026-11-20T10:30:00.000Z', 'Pacific/Kiritimati', '2026-11-21'],
  ])('%s in %s is the %s', (instant, zone, day) => expect(dayOf(Date.parse(instant), zone)).toBe(day));

  it('begin at midnight of the zone, also of half hours', () => {
    expect(startOfDay('2026-11-20', 'Asia/Kolkata', 0)).toBe('2026-11-19T18:30:00.000Z');
    expect(startOfDay('2026-11-20', 'Asia/Taipei', 1)).toBe('2026-11-20T16:00:00.000Z');
  });

  it('have 25 or 23 hours where the clock changes', () => {
    const hours = (day: string): number =>
      (Date.parse(startOfDay(day, 'Europe/Belgrade', 1) ?? '') -
        Date.parse(startOfDay(day, 'Europe/Belgrade', 0) ?? '')) /
      3_600_000;
    expect([hours('2026-10-25'), hours('2026-03-29'), hours('2026-11-20')]).toEqual([25, 23, 24]);
  });

  it('begin at one o’clock where midnight is skipped', () => {
    // America/Santiago goes from 24:00 to 1:00 on the first Sunday after 2 September.
    expect(startOfDay('2026-09-06', 'America/Santiago', 0)).toBe('2026-09-06T04:00:00.000Z');
  });

  it('are counted on over months and leap days', () => {
    expect(dayAfter('2028-02-28', 1)).toBe('2028-02-29');
    expect(dayAfter('2026-01-01', -1)).toBe('2025-12-31');
    expect(firstOfMonth('2026-11-20')).toBe('2026-11-01');
  });

  it('exist or do not', () => {
    expect(['2026-02-30', '2026-13-01', '26-1-1', '', '2026-11-20x'].filter(isDay)).toEqual([]);
    expect(isDay('2028-02-29')).toBe(true);
    expect(startOfDay('2026-02-30', 'UTC', 0)).toBeNull();
  });
});
