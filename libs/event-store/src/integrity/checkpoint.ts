import { createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { SignedCheckpoint } from '@deskside/domain';
import type { RecordedEvent, StreamName } from '../event-store';
import { MerkleTree } from './merkle-tree';

/** The stream of what is known of the log itself. */
export const INTEGRITY_STREAM = 'integrity' as StreamName;

/** The log as it was when it had `size` events. */
export type LogState = Pick<SignedCheckpoint, 'size' | 'position' | 'last' | 'root' | 'edge'>;

/** @param last the newest event in the tree */
export function stateOf(tree: MerkleTree, last: Pick<RecordedEvent, 'position' | 'hash'>): LogState {
  return {
    size: tree.size.toString(),
    position: last.position,
    last: base64(last.hash),
    root: base64(tree.root()),
    edge: tree.edge.map(base64),
  };
}

/**
 * What is signed: a checkpoint of the transparency log community (https://c2sp.org/tlog-checkpoint) with the site as its
 * origin and the position as its extension line.
 */
export function signedText({ size, position, root }: LogState, siteId: string): string {
  return `deskside/${siteId}\n${size}\n${root}\nposition ${position}\n`;
}

export function signState(state: LogState, siteId: string, privateKey: KeyObject): SignedCheckpoint {
  const signature = base64(sign(null, Buffer.from(signedText(state, siteId)), privateKey));
  return { ...state, key: publicKeyOf(privateKey), signature };
}

/** The 32 bytes of an Ed25519 public key, base64. */
export function publicKeyOf(privateKey: KeyObject): string {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return Buffer.from(x, 'base64url').toString('base64');
}

/** True when this key has signed this state, and the edge is that of the root. */
export function isSigned(checkpoint: SignedCheckpoint, siteId: string): boolean {
  try {
    const x = Buffer.from(checkpoint.key, 'base64').toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    const text = Buffer.from(signedText(checkpoint, siteId));
    return (
      verify(null, text, key, Buffer.from(checkpoint.signature, 'base64')) &&
      base64(treeOf(checkpoint).root()) === checkpoint.root
    );
  } catch {
    return false; // a key that is none, an edge of another size
  }
}

/** The tree as it was then, to go on with. @throws when edge and size do not fit. */
export function treeOf({ size, edge }: LogState): MerkleTree {
  const roots = edge.map((root) => Buffer.from(root, 'base64'));
  return MerkleTree.from(Number(size), roots);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
