import { describe, expect, it } from '@jest/globals';
import { makeSigningKey, SealedStream } from '../contract';
import { INTEGRITY_STREAM, signState } from '../integrity';
import { MerkleTree } from '../integrity/merkle-tree';
import { acceptedUpTo } from './accepted-place';

type Log = Parameters<typeof acceptedUpTo>[0];

/** A log in which a loss was accepted at this position, and an answer to who asks for the event there. */
function logAcceptedAt(position: string, eventAt: Log['eventAt']): Log {
  const root = Buffer.from(new MerkleTree().root()).toString('base64');
  const state = { position, last: 'AAAA', edge: [], size: '0', root };
  const statement = { type: 'LogLossAccepted', newer: null, contents: 'AAAA' } as const;
  const checkpoint = signState(state, { siteId: 'site', statement }, makeSigningKey());
  const payload = { checkpoint, newer: null, contents: 'AAAA', losses: [], findings: [] };
  const event = new SealedStream(INTEGRITY_STREAM).seal({ type: 'LogLossAccepted', payload });
  const readStream: Log['readStream'] = async (_, { from } = {}) =>
    from === undefined ? ([{ ...event, stream: INTEGRITY_STREAM, revision: 0n }] as never) : [];
  return { readStream, comparePositions: () => 1, eventAt };
}

describe('the place up to which all was accepted', () => {
  const broken = (): Promise<never> => Promise.reject(new TypeError('broken'));

  it('is none in a log whose positions are of another kind, and no server is asked', async () => {
    expect(await acceptedUpTo(logAcceptedAt('12', broken), null)).toBeNull();
  });

  it('is not taken for none when the event there cannot be read', async () => {
    await expect(acceptedUpTo(logAcceptedAt('12/12', broken), null)).rejects.toThrow('broken');
  });
});
