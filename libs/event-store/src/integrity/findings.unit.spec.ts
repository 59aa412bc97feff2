import { describe, expect, it } from '@jest/globals';
import type { StreamName } from '../event-store';
import type { Finding } from './finding';
import { Findings } from './findings';

const stream = 'queue-1' as StreamName;
const moved = (count: number): readonly Finding[] =>
  Array.from({ length: count }, (_, at) => ({ kind: 'moved', stream, revision: BigInt(at) }));
const otherKey = { kind: 'otherKey', key: 'bmV3', known: 'b2xk', isSites: false } as const;
const noHead = { kind: 'noHead', position: '2000', end: '1900' } as const;

describe('more findings than are kept', () => {
  it('leave room for the key that is lost and for the event that is missed at the next start', () => {
    const found = new Findings();
    for (const each of [...moved(1001), otherKey, noHead]) found.add(each);
    expect(found.findings).toHaveLength(1000);
    expect(found.findings).toEqual(expect.arrayContaining([otherKey, noHead]));
    expect(found.more).toBe(3);
  });

  it('leave it too when the lists name as many', () => {
    const found = new Findings();
    for (const each of [otherKey, noHead]) found.add(each);
    found.name({ findings: moved(1000), more: 5 }, new Map());
    expect(found.findings).toHaveLength(1000);
    expect(found.findings.slice(-2)).toEqual([otherKey, noHead]);
    expect(found.more).toBe(7);
  });
});
