import { describe, expect, it } from '@jest/globals';
import { addressOf, daysOf, filterOf } from './report-filter';
import type { RangeName, ReportFilter } from './report-filter';

/** 20 November in London, already the 21st in Taipei. */
const now = Date.parse('2026-11-20T18:00:00.000Z');

function filter(range: RangeName, timeZone: string): ReportFilter {
  return { range, own: { from: '2026-01-01', to: '2026-01-31' }, timeZone, representativeIds: [] };
}

describe('the days of a range', () => {
  it.each([
    ['today', 'Europe/London', '2026-11-20', '2026-11-20'],
    ['today', 'Asia/Taipei', '2026-11-21', '2026-11-21'],
    ['yesterday', 'Asia/Taipei', '2026-11-20', '2026-11-20'],
    ['last7Days', 'Europe/London', '2026-11-14', '2026-11-20'],
    ['last30Days', 'Europe/London', '2026-10-22', '2026-11-20'],
    ['thisMonth', 'Asia/Taipei', '2026-11-01', '2026-11-21'],
    ['own', 'Asia/Taipei', '2026-01-01', '2026-01-31'],
  ] as const)('%s in %s is from %s to %s', (range, zone, from, to) => {
    expect(daysOf(filter(range, zone), now)).toEqual({ from, to });
  });
});

describe('a filter in the address', () => {
  const read = (address: Parameters<typeof filterOf>[0]): ReportFilter => filterOf(address, 'Europe/Belgrade', now);

  it('is the last seven days of everybody in one’s own zone when nothing stands there', () => {
    expect(read({})).toMatchObject({ range: 'last7Days', timeZone: 'Europe/Belgrade', representativeIds: [] });
    expect(Object.values(addressOf(read({}), 'Europe/Belgrade'))).toEqual([null, null, null, null, null]);
  });

  it('comes back as it was written', () => {
    const address = { range: 'own', from: '2026-11-01', to: '2026-11-02', zone: 'Asia/Kolkata', csr: 'a,b' };
    expect(addressOf(read(address), 'Europe/Belgrade')).toEqual(address);
  });

  it('is never an error, whatever stands there', () => {
    const wrong = { range: 'own', from: '2026-02-30', to: 'x', zone: 'Mars/Base', csr: ',,' };
    expect(read(wrong)).toEqual(read({}));
    expect(read({ range: 'nonsense', zone: '+05:30' })).toEqual(read({}));
  });
});
