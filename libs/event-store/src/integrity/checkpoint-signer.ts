import type { KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ListOfEvents, SignedCheckpoint } from '@deskside/domain';
import type { AppendResult, EventStore, Position, RecordedEvent, Revision, SealedEvent } from '../event-store';
import { INTEGRITY_STREAM, publicKeyOf, signState, stateOf, treeOf } from './checkpoint';
import { behind, endOfIntegrity, NOTHING_BEFORE } from './end-of-integrity';
import type { Behind } from './end-of-integrity';
import { encodeList } from './event-list';
import { sentenceOf } from './finding';
import { MerkleTree } from './merkle-tree';
import { readSignedState } from './signed-state';

const STATES_AT_ONCE = 20;
/** Between two looks at what has come; far behind the log the signer is a short time only. */
const PAUSE_MS = 20;

export interface SignerOptions {
  readonly store: EventStore;
  readonly siteId: string;
  /** Ed25519. */
  readonly privateKey: KeyObject;
  /** Makes the event; `size` is the checkpoint's, and the event's id is made from it. */
  readonly seal: (payload: CheckpointPayload, behind: Behind) => SealedEvent;
  /** Events of others after which a checkpoint is signed; 1,000 when absent. */
  readonly everyEvents?: number;
  /** How long an event waits for a checkpoint, ms; a minute when absent. */
  readonly afterMs?: number;
  readonly onSigned?: (checkpoint: SignedCheckpoint) => void;
  readonly onFailure?: (error: unknown) => void;
}

export interface CheckpointPayload {
  readonly checkpoint: SignedCheckpoint;
  readonly list: ListOfEvents;
}

type Listed = Pick<RecordedEvent, 'stream' | 'revision' | 'hash'>;

/**
 * Follows the log and signs how it stands: after so many events, after so much time, and at the end. A log that is older
 * than its first checkpoint is signed piece by piece. Of several nodes the one whose time comes first signs; the others see
 * that in the log and begin to count anew.
 */
export class CheckpointSigner {
  readonly #options: SignerOptions;
  readonly #everyEvents: number;
  readonly #closing = new AbortController();
  readonly #end = new AbortController();
  #tree = new MerkleTree();
  #last: Pick<RecordedEvent, 'position' | 'hash'> | null = null;
  #behind = NOTHING_BEFORE;
  /** The state that was signed last before the start. */
  #signed: SignedCheckpoint | null = null;
  /** Size of the last state that was signed, by this node or another. */
  #signedSize = 0;
  /** The events since then. */
  #unsigned: Listed[] = [];
  /** How many of them are not about the log itself, and so worth a checkpoint. */
  #worth = 0;
  /** The last try was in vain: the next one waits for its time, or for the node that was faster. */
  #isRefused = false;
  #timer: NodeJS.Timeout | undefined;
  #signing: Promise<void> = Promise.resolve();
  #following: Promise<void> = Promise.resolve();
  #onTaken: () => void = () => undefined;

  constructor(options: SignerOptions) {
    this.#options = options;
    this.#everyEvents = options.everyEvents ?? 1000;
  }

  /** Goes on from the last state that was signed; settles once that was found. */
  async start(): Promise<void> {
    this.#behind = await endOfIntegrity(this.#options.store);
    const checkpoint = await lastCheckpointIn(this.#options.store);
    if (checkpoint !== null) this.#lookAtKey(checkpoint);
    this.#signed = checkpoint;
    this.#signedSize = Number(checkpoint?.size ?? 0);
    const last = checkpoint === null ? null : await this.#eventOf(checkpoint);
    if (checkpoint !== null && last !== null) {
      this.#tree = treeOf(checkpoint);
      this.#last = last;
    }
    this.#following = this.#follow();
  }

  /** Signs what is not signed yet, if that is possible within the time, and ends. */
  async close(patienceMs: number): Promise<void> {
    this.#closing.abort();
    const patience = AbortSignal.timeout(patienceMs);
    await this.#atHead(patience);
    if (!patience.aborted) await this.#sign();
    this.#end.abort();
    await this.#following;
    await this.#signing;
    clearTimeout(this.#timer);
  }

  #lookAtKey({ key }: SignedCheckpoint): void {
    const { store, privateKey } = this.#options;
    const known = publicKeyOf(privateKey);
    if (key !== known) store.distrust(sentenceOf({ kind: 'otherKey', key, known }));
  }

  /** Null in a log that was copied here: positions of the other one mean nothing, and the tree begins anew. */
  async #eventOf({ position, last }: SignedCheckpoint): Promise<RecordedEvent | null> {
    const { store } = this.#options;
    const event = await store.eventAt(position as Position).catch(() => null);
    return event !== null && Buffer.compare(event.hash, Buffer.from(last, 'base64')) === 0 ? event : null;
  }

  async #follow(): Promise<void> {
    try {
      await this.#options.store.subscribeAll({
        after: this.#last?.position ?? null,
        signal: this.#end.signal,
        onEvents: (events) => this.#take(events),
      });
    } catch (error) {
      this.#fail(error);
    }
  }

  async #take(events: readonly RecordedEvent[]): Promise<void> {
    for (const event of events) {
      this.#add(event);
      if (this.#worth >= this.#everyEvents && !this.#isRefused) await this.#sign();
    }
    this.#onTaken();
    await this.#pause();
  }

  /** What comes meanwhile is taken in one go: looking after every single event would slow down whoever appends. */
  async #pause(): Promise<void> {
    const { signal } = this.#closing;
    await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }

  #add(event: RecordedEvent): void {
    const { stream, revision, hash } = event;
    this.#tree.add(hash);
    this.#last = event;
    if (this.#tree.size <= this.#signedSize) return this.#lookAgain();
    this.#unsigned.push({ stream, revision, hash });
    if (stream === INTEGRITY_STREAM) return this.#passBy(event);
    this.#worth += 1;
    this.#waitToSign();
  }

  /** In a log that was copied here the tree is made again: it must come to what was signed. */
  #lookAgain(): void {
    if (this.#signed === null || this.#tree.size < Number(this.#signed.size)) return;
    const { size, root } = this.#signed;
    if (stateOf(this.#tree, this.#last as RecordedEvent).root === root) return;
    const source = { place: 'log', signedAt: null } as const;
    this.#options.store.distrust(sentenceOf({ kind: 'otherEvents', size: BigInt(size), source }));
  }

  /** What another node has signed needs no further signature. */
  #passBy(event: RecordedEvent): void {
    if (event.revision > this.#behind.revision) this.#behind = behind(event);
    const state = readSignedState(event);
    const size = state?.isSigned ? Number(state.checkpoint.size) : 0;
    if (size > this.#signedSize && size <= this.#tree.size) this.#signedUpTo(size);
  }

  #signedUpTo(size: number): void {
    this.#unsigned = this.#unsigned.slice(size - this.#signedSize);
    this.#signedSize = size;
    this.#isRefused = false;
    this.#worth = this.#unsigned.filter(({ stream }) => stream !== INTEGRITY_STREAM).length;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#worth > 0) this.#waitToSign();
  }

  #waitToSign(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#sign();
    }, this.#options.afterMs ?? 60_000);
  }

  /** One at a time. */
  #sign(): Promise<void> {
    return (this.#signing = this.#signing.then(() => this.#signNow()).catch((error: unknown) => this.#fail(error)));
  }

  async #signNow(): Promise<void> {
    if (this.#worth === 0 || this.#last === null || this.#end.signal.aborted) return;
    const { store, siteId, privateKey, seal } = this.#options;
    const end = this.#behind;
    const checkpoint = signState(stateOf(this.#tree, this.#last), { siteId, turn: null }, privateKey);
    const sealed = seal({ checkpoint, list: encodeList(this.#unsigned) }, end);
    const result = await store.append(INTEGRITY_STREAM, [sealed], end.revision < 0n ? 'noStream' : end.revision);
    if (!result.ok) return this.#refused(result);
    // Bytes that were there already may be those of another try; the feed brings them.
    if (!result.alreadyThere) this.#behind = behind({ ...sealed, revision: result.lastRevision });
    this.#signedUpTo(Number(checkpoint.size));
    this.#options.onSigned?.(checkpoint);
  }

  /** Another node was faster, or the log takes nothing just now: there is a next time. */
  #refused(result: Exclude<AppendResult, { ok: true }>): void {
    if (!['REVISION_CONFLICT', 'LOG_READ_ONLY'].includes(result.code))
      this.#fail(new Error(`A checkpoint of the log could not be written: ${result.code}.`));
    this.#isRefused = true;
    this.#waitToSign();
  }

  #fail(error: unknown): void {
    this.#options.onFailure?.(error);
  }

  /** Settles once every event that was there has been taken. */
  async #atHead(patience: AbortSignal): Promise<void> {
    const { store } = this.#options;
    const head = await store.head().catch(() => null);
    const isThere = (): boolean =>
      head === null || (this.#last !== null && store.comparePositions(this.#last.position, head) >= 0);
    await new Promise<void>((resolve) => {
      patience.addEventListener('abort', () => resolve());
      this.#onTaken = () => {
        if (isThere()) resolve();
      };
      this.#onTaken();
    });
  }
}

/** The newest state that was signed and can be gone on from. */
async function lastCheckpointIn(store: EventStore): Promise<SignedCheckpoint | null> {
  for (let from: Revision | undefined; ;) {
    const options = { direction: 'backwards', maxCount: STATES_AT_ONCE, ...(from !== undefined && { from }) } as const;
    const events = await store.readStream(INTEGRITY_STREAM, options);
    const found = events.map(readSignedState).find((state) => state?.isSigned);
    if (found) return found.checkpoint;
    const oldest = events.at(-1);
    if (oldest === undefined || oldest.revision === 0n) return null;
    from = oldest.revision - 1n;
  }
}
