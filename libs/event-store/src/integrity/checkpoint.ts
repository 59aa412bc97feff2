import { createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { IntegrityEvent, KnownCheckpoint, SignedCheckpoint } from '@deskside/domain';
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

/** A state that an operator vouches for: the log was put back, or goes on with less than it had. */
export interface Statement {
  readonly type: Exclude<IntegrityEvent['type'], 'LogCheckpointSigned'>;
  readonly newer: KnownCheckpoint | null;
  /** What an operator has accepted as it is: `ContentsHash` over all that stood there; null for what accepts nothing. */
  readonly contents: string | null;
}

/** Whose state it is, and what it stands for. */
export interface Signing {
  readonly siteId: string;
  /** Null for a checkpoint; signed too, so that no signature of one can pass for the other. */
  readonly statement: Statement | null;
}

/**
 * What is signed: a checkpoint of the transparency log community (https://c2sp.org/tlog-checkpoint) with the site as its
 * origin, and the rest in its extension lines.
 */
function signedText({ size, position, root }: LogState, { siteId, statement }: Signing): string {
  const base = `deskside/${siteId}\n${size}\n${root}\nposition ${position}\n`;
  if (statement === null) return base;
  const { type, newer, contents } = statement;
  const instead = newer === null ? '' : ` instead of ${newer.size} ${newer.root}`;
  return `${base}${type}${instead}${contents === null ? '' : ` as ${contents}`}\n`;
}

export function signState(state: LogState, signing: Signing, privateKey: KeyObject): SignedCheckpoint {
  const signature = base64(sign(null, Buffer.from(signedText(state, signing)), privateKey));
  return { ...state, key: publicKeyOf(privateKey), signature };
}

/** The 32 bytes of an Ed25519 public key, base64. */
export function publicKeyOf(privateKey: KeyObject): string {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return Buffer.from(x, 'base64url').toString('base64');
}

/** What a log can hold: whoever signs with a key of their own can write anything. */
const countable = /^\d{1,15}$/;

/** True when this key has signed this state, its size is one, and the edge is that of the root. */
export function isSigned(checkpoint: SignedCheckpoint, signing: Signing): boolean {
  try {
    if (!countable.test(checkpoint.size)) return false;
    const x = Buffer.from(checkpoint.key, 'base64').toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    const text = Buffer.from(signedText(checkpoint, signing));
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
