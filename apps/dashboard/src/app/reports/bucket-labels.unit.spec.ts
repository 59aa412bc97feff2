import { describe, expect, it } from '@jest/globals';
import { bucketLabels } from './bucket-labels';

const timeZone = 'Europe/Belgrade';
const at = (...instants: string[]): { from: string }[] => instants.map((from) => ({ from }));

describe('the words below the columns', () => {
  it('are days of the report’s zone over a longer range', () => {
    const range = { from: '2026-11-18', to: '2026-11-20', timeZone };
    const buckets = at('2026-11-17T23:00:00.000Z', '2026-11-18T23:00:00.000Z', '2026-11-19T23:00:00.000Z');
    expect(bucketLabels(buckets, range, 'en')).toEqual(['Nov 18', 'Nov 19', 'Nov 20']);
  });

  it('are hours within a day, of the zone too', () => {
    const range = { from: '2026-11-20', to: '2026-11-20', timeZone };
    expect(bucketLabels(at('2026-11-20T12:00:00.000Z'), range, 'en-GB')).toEqual(['13:00']);
  });

  it('tell apart the hour that comes twice', () => {
    const range = { from: '2026-10-25', to: '2026-10-25', timeZone };
    const labels = bucketLabels(at('2026-10-25T00:00:00.000Z', '2026-10-25T01:00:00.000Z'), range, 'en-GB');
    expect(new Set(labels).size).toBe(2);
    expect(labels.every((label) => label.startsWith('02:00'))).toBe(true);
  });

  it('carry the day over two days', () => {
    const range = { from: '2026-11-19', to: '2026-11-20', timeZone };
    const labels = bucketLabels(at('2026-11-19T11:00:00.000Z', '2026-11-20T11:00:00.000Z'), range, 'en-GB');
    expect(new Set(labels).size).toBe(2);
  });
});
