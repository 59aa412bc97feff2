import type { KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ListOfEvents, SignedCheckpoint } from '@deskside/domain';
import type { AppendResult, EventStore, Position, RecordedEvent, SealedEvent } from '../event-store';
import { INTEGRITY_STREAM, publicKeyOf, signState } from './checkpoint';
import { behind, endOfIntegrity, NOTHING_BEFORE } from './end-of-integrity';
import type { Behind } from './end-of-integrity';
import { sentenceOf } from './finding';
import { readSignedState } from './signed-state';
import { signedStatesBackwards } from './signed-states';
import { UnsignedEvents } from './unsigned-events';

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

/**
 * Follows the log and signs how it stands: after so many events, after so much time, and at the end. A log that is older
 * than its first checkpoint is signed piece by piece. Of several nodes the one whose time comes first signs; the others see
 * that in the log and begin to count anew.
 */
export class CheckpointSigner {
  readonly #options: SignerOptions;
  readonly #everyEvents: number;
  readonly #afterMs: number;
  readonly #key: string;
  readonly #closing = new AbortController();
  readonly #end = new AbortController();
  readonly #log = new UnsignedEvents();
  #behind = NOTHING_BEFORE;
  /** The last state that was signed before this node has come to it. */
  #ahead: SignedCheckpoint | null = null;
  #timer: NodeJS.Timeout | undefined;
  #signing: Promise<unknown> = Promise.resolve();
  #following: Promise<void> = Promise.resolve();
  #onTaken: () => void = () => undefined;

  constructor(options: SignerOptions) {
    this.#options = options;
    this.#everyEvents = options.everyEvents ?? 1000;
    this.#afterMs = options.afterMs ?? 60_000;
    this.#key = publicKeyOf(options.privateKey);
  }

  /** Goes on from the last state that was signed; settles once that was found. */
  async start(): Promise<void> {
    const { store } = this.#options;
    this.#behind = await endOfIntegrity(store);
    const checkpoint = await lastCheckpointIn(store);
    if (checkpoint !== null) await this.#goOnFrom(checkpoint);
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
    this.#stopWaiting();
  }

  async #goOnFrom(checkpoint: SignedCheckpoint): Promise<void> {
    const { key, size } = checkpoint;
    if (key !== this.#key)
      this.#options.store.distrust(sentenceOf({ kind: 'otherKey', key, known: this.#key, isSites: true }));
    this.#log.signedUpTo(Number(size));
    const last = await this.#eventOf(checkpoint);
    if (last === null) this.#lookForward(checkpoint);
    else this.#log.continueFrom(checkpoint, last);
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
        after: this.#log.last?.position ?? null,
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
      if (this.#isPiece) await this.#signPiece();
      if (this.#end.signal.aborted) return;
    }
    this.#onTaken();
    await this.#pause(PAUSE_MS);
  }

  get #isPiece(): boolean {
    return this.#log.worth >= this.#everyEvents;
  }

  /**
   * Takes no more events before it is done: the list of all that come while nothing can be signed would be too large for an
   * event.
   */
  async #signPiece(): Promise<void> {
    while (this.#isPiece && !this.#end.signal.aborted) {
      this.#stopWaiting();
      if (await this.#sign()) continue;
      if (this.#closing.signal.aborted) return this.#end.abort();
      await this.#pause(this.#afterMs);
    }
  }

  /** Looking after every single event would slow down whoever appends: what comes meanwhile is taken in one go. */
  async #pause(ms: number): Promise<void> {
    const { signal } = this.#closing;
    await sleep(ms, undefined, { signal }).catch(() => undefined);
  }

  #add(event: RecordedEvent): void {
    if (!this.#log.add(event)) return this.#lookAhead();
    if (event.stream === INTEGRITY_STREAM) this.#passBy(event);
    else this.#waitToSign();
  }

  #lookForward(checkpoint: SignedCheckpoint): void {
    if (Number(checkpoint.size) > this.#log.size) this.#ahead = checkpoint;
  }

  /** Where it comes to what others have signed, it must have come to the same. */
  #lookAhead(): void {
    if (this.#ahead === null || this.#log.size < Number(this.#ahead.size)) return;
    const { size, root } = this.#ahead;
    this.#ahead = null;
    if (this.#log.state?.root === root) return;
    const source = { place: 'log', signedAt: null } as const;
    this.#options.store.distrust(sentenceOf({ kind: 'otherEvents', size: BigInt(size), source }));
  }

  /** What another node has signed needs no further signature. */
  #passBy(event: RecordedEvent): void {
    this.#goBehind(behind(event));
    const state = readSignedState(event);
    const size = state?.isSigned ? Number(state.checkpoint.size) : 0;
    if (size <= this.#log.size) this.#signedUpTo(size);
  }

  /** Its own answer may come after the feed has told of a later event. */
  #goBehind(end: Behind): void {
    if (end.revision > this.#behind.revision) this.#behind = end;
  }

  #signedUpTo(size: number): boolean {
    if (!this.#log.signedUpTo(size)) return false;
    this.#stopWaiting();
    if (this.#log.worth > 0) this.#waitToSign();
    return true;
  }

  #waitToSign(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#sign().then((isFurther) => {
        if (!isFurther) this.#waitToSign();
      });
    }, this.#afterMs);
  }

  #stopWaiting(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** One at a time. @returns whether it got any further */
  #sign(): Promise<boolean> {
    const signing = this.#signing
      .then(() => this.#isDone || this.#signNow())
      .catch((error: unknown) => this.#fail(error));
    this.#signing = signing;
    return signing;
  }

  get #isDone(): boolean {
    return this.#log.worth === 0 || this.#end.signal.aborted;
  }

  async #signNow(): Promise<boolean> {
    const { store, siteId, privateKey, seal } = this.#options;
    const { state } = this.#log;
    if (state === null || store.integrity().status === 'damaged') return false;
    const end = this.#behind;
    const checkpoint = signState(state, { siteId, statement: null }, privateKey);
    const sealed = seal({ checkpoint, list: this.#log.list }, end);
    const result = await store.append(INTEGRITY_STREAM, [sealed], end.revision < 0n ? 'noStream' : end.revision);
    if (!result.ok) return this.#refused(result);
    // Bytes that were there already may be those of another try; the feed brings them.
    if (!result.alreadyThere) this.#goBehind(behind({ ...sealed, revision: result.lastRevision }));
    this.#signedUpTo(Number(checkpoint.size));
    this.#options.onSigned?.(checkpoint);
    return true;
  }

  async #refused({ code }: Exclude<AppendResult, { ok: true }>): Promise<boolean> {
    if (code === 'REVISION_CONFLICT') return this.#catchUp();
    if (code === 'LOG_READ_ONLY') return false;
    return this.#fail(new Error(`A checkpoint of the log could not be written: ${code}.`));
  }

  /** Another node was faster; the feed may come to that much later. @returns whether there was anything new */
  async #catchUp(): Promise<boolean> {
    const { store } = this.#options;
    const { revision } = this.#behind;
    this.#goBehind(await endOfIntegrity(store));
    const checkpoint = await lastCheckpointIn(store);
    if (checkpoint?.key === this.#key && this.#signedUpTo(Number(checkpoint.size))) this.#lookForward(checkpoint);
    return this.#behind.revision > revision;
  }

  /** @returns that it got no further */
  #fail(error: unknown): false {
    this.#options.onFailure?.(error);
    return false;
  }

  /** Settles once every event that was there has been taken, or no more will be. */
  async #atHead(patience: AbortSignal): Promise<void> {
    const { store } = this.#options;
    const head = await store.head().catch(() => null);
    const isThere = (): boolean => {
      const { last } = this.#log;
      return head === null || (last !== null && store.comparePositions(last.position, head) >= 0);
    };
    await new Promise<void>((resolve) => {
      const ends = AbortSignal.any([patience, this.#end.signal]);
      // It may have ended while the log was asked, and tells that once.
      if (ends.aborted) return resolve();
      ends.addEventListener('abort', () => resolve());
      this.#onTaken = () => {
        if (isThere()) resolve();
      };
      this.#onTaken();
    });
  }
}

/** The newest state that was signed and can be gone on from. */
async function lastCheckpointIn(store: EventStore): Promise<SignedCheckpoint | null> {
  for await (const { checkpoint } of signedStatesBackwards(store)) return checkpoint;
  return null;
}
