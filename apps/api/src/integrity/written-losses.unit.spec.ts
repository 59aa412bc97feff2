import { describe, expect, it } from '@jest/globals';
import type { Finding, StreamName } from '@deskside/event-store';
import { writtenLosses } from './written-losses';

const stream = 'queue-1' as StreamName;
const changed = (count: number): readonly Finding[] =>
  Array.from({ length: count }, (_, at) => ({ kind: 'changed', stream, revision: BigInt(at), reason: 'It is.' }));
const otherKey = { kind: 'otherKey', key: 'bmV3', known: 'b2xk', isSites: false } as const;
const noHead = { kind: 'noHead', position: '120', end: '110' } as const;

describe('the losses that stand in the event which accepts them', () => {
  it('are a hundred, among them always the key that is lost and the event that is missed at the next start', () => {
    const { losses, findings } = writtenLosses({ findings: [...changed(99), otherKey, noHead] });
    expect(findings).toHaveLength(100);
    expect(findings).toContainEqual({ kind: 'otherKey', key: 'bmV3', known: 'b2xk' });
    expect(findings).toContainEqual(noHead);
    expect(losses).toContainEqual(expect.stringContaining('is signed by the key bmV3'));
    expect(losses).toHaveLength(100);
  });

  it('are all of them where they are fewer', () => {
    const { findings } = writtenLosses({ findings: [...changed(3), noHead] });
    expect(findings.map(({ kind }) => kind).sort()).toEqual(['changed', 'changed', 'changed', 'noHead']);
  });
});
