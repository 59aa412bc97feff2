import { describe, expect, it } from '@jest/globals';
import { acceptedLosses } from './accepted-losses';

type Node = Parameters<typeof acceptedLosses>[0];

const at = '2026-11-20T12:00:00.000Z';
const checkpoint = { size: '1', position: '1', last: 'AAAA', root: 'AAAA', edge: [], key: 'AAAA', signature: 'AAAA' };
const accepted = { checkpoint, newer: null, losses: [], by: { erased: true } };

/** A log in which such a payload is all that was accepted. */
function nodeWith(payload: unknown): Node {
  const type = 'LogLossAccepted';
  const body = JSON.stringify({ id: 'id', type, occurredAt: at, actor: {}, payload });
  return {
    readModels: { siteHistory: { page: () => ({ rows: [{ revision: 0 }] }) } },
    store: { readStream: async () => [{ type, position: '2', body }] },
  } as unknown as Node;
}

describe('what an operator has accepted about the log', () => {
  it('is everything when not all of it is named', async () => {
    expect(await acceptedLosses(nodeWith(accepted))).toEqual([{ at, position: '2', findings: null }]);
  });

  it('is what is named', async () => {
    const gap = { kind: 'gap', from: '3', to: '4' };
    const named = { ...accepted, losses: ['Positions 3 to 4 are empty.'], findings: [gap] };
    expect(await acceptedLosses(nodeWith(named))).toEqual([{ at, position: '2', findings: [gap] }]);
  });

  it.each([
    ['lacks what was lost', { ...accepted, losses: undefined, findings: [] }],
    ['names what is no finding', { ...accepted, losses: ['All.'], findings: [null] }],
    ['has another form altogether', { losses: 'All.' }],
  ])('is nothing when the event %s', async (_, payload) => {
    expect(await acceptedLosses(nodeWith(payload))).toEqual([]);
  });
});
