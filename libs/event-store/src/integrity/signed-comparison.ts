import type { SignedCheckpoint } from '@deskside/domain';
import { takesOver } from './accepted-loss';
import type { Finding, Source } from './finding';
import type { MerkleTree } from './merkle-tree';
import type { SignedState } from './signed-state';

export interface CheckpointElsewhere {
  readonly checkpoint: SignedCheckpoint;
  readonly signedAt: string;
}

/** What was signed of a log beside the log. */
export interface SignedElsewhere {
  /** The newest checkpoint in the second place. */
  readonly elsewhere: CheckpointElsewhere | null;
  /** Public key of the site, base64; absent: the one that has signed first. */
  readonly key?: string;
}

/** Told what the comparison comes to. */
export interface Judge {
  readonly find: (finding: Finding) => void;
  /** Something is missing, moved or inserted. */
  readonly doubt: (finding: Finding) => void;
  /** The log is what this state says. */
  readonly confirm: (state: SignedState) => void;
  /** An operator has accepted what was found up to here. @returns whether it is still that */
  readonly accept: (state: SignedState) => boolean;
}

/** Compares a log, as it is read, with each state of it that was signed. */
export class SignedComparison {
  readonly #judge: Judge;
  /** Signed states that the log has not reached yet, in the order of their stream. */
  readonly #ahead: SignedState[] = [];
  readonly #otherKeys = new Set<string>();
  readonly #isKeyKnown: boolean;
  #key: string | undefined;
  #elsewhere: CheckpointElsewhere | null;

  constructor({ elsewhere, key }: SignedElsewhere, judge: Judge) {
    this.#judge = judge;
    this.#elsewhere = elsewhere;
    this.#key = key ?? elsewhere?.checkpoint.key;
    this.#isKeyKnown = this.#key !== undefined;
  }

  /** The largest size that a state has which was given and is not reached; 0 when there is none. */
  get expectedUpTo(): number {
    return Number(this.#ahead.at(-1)?.checkpoint.size ?? 0);
  }

  /** The next state of the stream `integrity`, before the log comes to the size that it names. */
  expect(state: SignedState): void {
    this.#excuse(state);
    this.#ahead.push(state);
  }

  /** A state that cannot come true any more. */
  giveUp(state: SignedState): void {
    this.#excuse(state);
    this.#judge.doubt(otherEvents(state));
  }

  /** The log has come to this size. */
  reach(tree: MerkleTree): void {
    const { size } = tree;
    for (let next = this.#ahead[0]; next !== undefined && Number(next.checkpoint.size) <= size; next = this.#ahead[0]) {
      this.#ahead.shift();
      if (Number(next.checkpoint.size) === size) this.#compare(next, tree);
      else this.#judge.doubt(otherEvents(next));
    }
    if (this.#elsewhere !== null && Number(this.#elsewhere.checkpoint.size) === size)
      this.#compareElsewhere(this.#elsewhere, tree);
  }

  /** The log has no more than `found` events: what was signed and not reached is missing. */
  end(found: number): void {
    const last = this.#ahead.at(-1);
    if (last !== undefined) this.#short(found, last.checkpoint, { place: 'log', signedAt: last.at });
    const elsewhere = this.#elsewhere;
    if (elsewhere !== null) this.#short(found, elsewhere.checkpoint, inSecondPlace(elsewhere));
  }

  #compare(state: SignedState, tree: MerkleTree): void {
    if (!isRootOf(tree, state.checkpoint)) return this.#judge.doubt(otherEvents(state));
    if (this.#takesOver(state)) this.#key = state.checkpoint.key;
    const isOurs = this.#lookAtKey(state.checkpoint.key);
    if (isOurs && state.kind === 'lossAccepted' && this.#judge.accept(state)) this.#otherKeys.clear();
    this.#judge.confirm(state);
  }

  /**
   * An operator has accepted that the key that had signed is lost, and goes on with another one. Only where nothing beside
   * the log names the site's key: otherwise whoever can write into the log could say so.
   */
  #takesOver(state: SignedState): boolean {
    return !this.#isKeyKnown && takesOver(state, this.#key);
  }

  #compareElsewhere(elsewhere: CheckpointElsewhere, tree: MerkleTree): void {
    const { checkpoint } = elsewhere;
    if (!isRootOf(tree, checkpoint))
      this.#judge.doubt({ ...otherEventsAt(checkpoint), source: inSecondPlace(elsewhere) });
    this.#elsewhere = null;
  }

  /** @returns whether it is the site's */
  #lookAtKey(key: string): boolean {
    const known = (this.#key ??= key);
    if (key !== known && !this.#otherKeys.has(key))
      this.#judge.find({ kind: 'otherKey', key, known, isSites: this.#isKeyKnown });
    if (key !== known) this.#otherKeys.add(key);
    return key === known;
  }

  /** An operator who put back a backup, or accepted a loss, was told what was known elsewhere. */
  #excuse({ kind, checkpoint: { key }, newer }: SignedState): void {
    if (kind === 'signed' || newer === null || this.#elsewhere === null || key !== this.#key) return;
    const { size, root } = this.#elsewhere.checkpoint;
    if (newer.size === size && newer.root === root) this.#elsewhere = null;
  }

  #short(found: number, { size }: SignedCheckpoint, source: Source): void {
    this.#judge.doubt({ kind: 'short', found, known: BigInt(size), source });
  }
}

export function isFromLog(finding: Finding): boolean {
  return finding.kind === 'otherEvents' && finding.source.place === 'log';
}

function otherEvents({ checkpoint, at }: SignedState): Finding {
  return { ...otherEventsAt(checkpoint), source: { place: 'log', signedAt: at } };
}

function inSecondPlace({ signedAt }: CheckpointElsewhere): Source {
  return { place: 'secondPlace', signedAt };
}

function otherEventsAt({ size }: SignedCheckpoint): { readonly kind: 'otherEvents'; readonly size: bigint } {
  return { kind: 'otherEvents', size: BigInt(size) };
}

function isRootOf(tree: MerkleTree, { root }: SignedCheckpoint): boolean {
  return Buffer.from(tree.root()).toString('base64') === root;
}
