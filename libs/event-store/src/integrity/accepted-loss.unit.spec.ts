import type { KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { makeSigningKey, SealedStream } from '../contract';
import type { EventLogReader, RecordedEvent } from '../event-store';
import { newestAcceptance, newestAcceptanceIn } from './accepted-loss';
import { publicKeyOf, signState } from './checkpoint';
import { MerkleTree } from './merkle-tree';

const [first, second, stranger] = [makeSigningKey(), makeSigningKey(), makeSigningKey()];
const tree = new MerkleTree();
const state = {
  ...{ position: '1', last: 'AAAA', edge: [] },
  ...{ size: String(tree.size), root: Buffer.from(tree.root()).toString('base64') },
};
type Written = Parameters<typeof newestAcceptance>[0][number];

let revision = 0n;
function written(type: string, payload: unknown): Written {
  const { body } = new SealedStream('integrity').seal({ type, payload });
  return { type, revision: revision++, body };
}
function signedBy(key: KeyObject): Written {
  return written('LogCheckpointSigned', { checkpoint: signState(state, { siteId: 'site', statement: null }, key) });
}
function acceptedBy(key: KeyObject, insteadOf?: KeyObject): Written {
  const statement = { type: 'LogLossAccepted', newer: null, contents: 'AAAA' } as const;
  const checkpoint = signState(state, { siteId: 'site', statement }, key);
  const takeOver = insteadOf && { kind: 'otherKey', key: publicKeyOf(insteadOf), known: publicKeyOf(key) };
  const findings = takeOver === undefined ? [] : [takeOver];
  return written('LogLossAccepted', { checkpoint, newer: null, contents: 'AAAA', losses: [], findings });
}

describe('the newest loss that was accepted', () => {
  const oldest = [signedBy(first)];

  it('is the last one that the key of the site has signed', () => {
    const accepting = [acceptedBy(first), acceptedBy(first), acceptedBy(stranger)];
    expect(newestAcceptance(oldest, accepting)?.revision).toBe(accepting[1]?.revision);
    expect(newestAcceptance(oldest, [acceptedBy(stranger)])).toBeNull();
  });

  it('may be signed by a key that has taken over, and not by the one before any more', () => {
    const accepting = [acceptedBy(second, first), acceptedBy(second), acceptedBy(first)];
    expect(newestAcceptance(oldest, accepting)?.revision).toBe(accepting[1]?.revision);
  });

  it('may be the first that was ever signed', () => {
    const accepting = [acceptedBy(first)];
    expect(newestAcceptance(accepting, accepting)?.revision).toBe(accepting[0]?.revision);
  });

  it('is none that says it was signed, or that accepts nothing', () => {
    const { type, body, ...rest } = acceptedBy(first);
    const forged = { ...rest, type, body: body.replace('"contents":"AAAA"', '"contents":"BBBB"') };
    const nothing = { ...rest, type, body: body.replace('"contents":"AAAA"', '"contents":null') };
    expect(newestAcceptance(oldest, [forged, nothing])).toBeNull();
  });

  it('is found in a log of many checkpoints with few reads', async () => {
    revision = 0n;
    const events = [...Array.from({ length: 1500 }, () => signedBy(first)), acceptedBy(first)];
    let reads = 0;
    const readStream: EventLogReader['readStream'] = async (_, { direction, from, maxCount = 0 } = {}) => {
      reads += 1;
      const inOrder = direction === 'backwards' ? events.toReversed() : events;
      const behind = inOrder.filter((event) => from === undefined || event.revision <= from);
      return behind.slice(0, maxCount) as unknown as RecordedEvent[];
    };
    const found = await newestAcceptanceIn({ readStream, comparePositions: () => 1 }, null);
    expect(found?.revision).toBe(1500n);
    expect(reads).toBeLessThanOrEqual(4);
  });
});
