import { setTimeout as pause } from 'node:timers/promises';
import { CheckpointSigner, LogUnavailable, publicKeyOf } from '@deskside/event-store';
import type { CheckpointElsewhere, EventStore, SignerOptions } from '@deskside/event-store';
import type { Vault } from '@deskside/vault';
import { derivedId } from '../command-path/derived-id';
import type { Log } from '../log/logger';
import { SecondPlaceTrouble } from '../second-place/second-place';
import type { SecondPlace } from '../second-place/second-place';
import { lackOf, newestToKeep } from './compare-elsewhere';
import { sealRecord } from './integrity-record';
import type { Recorder } from './integrity-record';
import { checkpointElsewhere } from './known-elsewhere';
import { signingKey } from './signing-key';

/** Between two tries to read a second place that is away. */
const retryMs = 2000;

interface Parts extends Recorder, Pick<SignerOptions, 'everyEvents' | 'afterMs'> {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly secondPlace: SecondPlace | null;
  readonly log: Pick<Log, 'error' | 'warn'>;
}

interface Signing {
  readonly signer: (onSigned: SignerOptions['onSigned']) => CheckpointSigner;
  /** Public key of the site, base64. */
  readonly key: string;
}

/**
 * Signs how the log stands, from the last checkpoint on, and keeps the newest of them in the second place. What that place
 * knows is compared first, and nothing there is replaced before: a log that lacks what was signed once is read-only.
 */
export class Checkpoints {
  readonly #parts: Parts;
  readonly #signer: CheckpointSigner;
  readonly #key: string;
  readonly #end = new AbortController();
  /** Nothing is kept elsewhere before the second place has agreed. */
  #isCompared = false;
  /** Why it could not be compared, as far as that was told. */
  #failure: string | null = null;
  #newest: CheckpointElsewhere | null = null;
  #comparing: Promise<void> = Promise.resolve();
  #kept: Promise<void> = Promise.resolve();

  private constructor(parts: Parts, { signer, key }: Signing) {
    this.#parts = parts;
    this.#key = key;
    this.#signer = signer((checkpoint) => this.#signed(checkpoint));
  }

  /** Settles once it is known whether the log lacks anything, as far as the second place can be asked. */
  static async open(parts: Parts): Promise<Checkpoints> {
    const { store, vault, clock, identity, log, everyEvents, afterMs } = parts;
    const privateKey = await signingKey({ vault, clock });
    const checkpoints = new Checkpoints(parts, {
      key: publicKeyOf(privateKey),
      signer: (onSigned) =>
        new CheckpointSigner({
          ...{ store, siteId: identity.siteId, privateKey },
          ...(everyEvents !== undefined && { everyEvents }),
          ...(afterMs !== undefined && { afterMs }),
          seal: (payload, behind) => {
            const commandId = derivedId('checkpoint', payload.checkpoint.size, payload.checkpoint.root);
            const about = { type: 'LogCheckpointSigned', commandType: 'SignCheckpoint', commandId } as const;
            return sealRecord(parts, { ...about, payload: () => payload }, behind);
          },
          ...(onSigned && { onSigned }),
          onFailure: (error) => log.error('the log could not be signed', error),
        }),
    });
    await checkpoints.#compareOnce();
    if (!checkpoints.#isCompared) checkpoints.#comparing = checkpoints.#compareLater();
    await checkpoints.#signer.start();
    return checkpoints;
  }

  /** Signs once more, if something is to be signed and the time suffices; never a damaged log. */
  async close(patienceMs: number): Promise<void> {
    await this.#signer.close(this.#parts.store.integrity().status === 'damaged' ? 0 : patienceMs);
    this.#end.abort();
    await this.#comparing;
    await this.#kept;
  }

  async #compareLater(): Promise<void> {
    const { signal } = this.#end;
    while (!this.#isCompared && !signal.aborted) {
      await pause(retryMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (!signal.aborted) await this.#compareOnce();
    }
  }

  async #compareOnce(): Promise<void> {
    const { secondPlace } = this.#parts;
    if (secondPlace === null) return;
    try {
      await this.#compareWith(await this.#elsewhere(secondPlace));
      this.#isCompared = true;
      this.#keep();
    } catch (error) {
      this.#notCompared(error);
    }
  }

  /** One that is damaged is made anew. */
  async #elsewhere(secondPlace: SecondPlace): Promise<CheckpointElsewhere | null> {
    try {
      return await checkpointElsewhere(secondPlace, this.#parts.identity.siteId);
    } catch (error) {
      if (!(error instanceof SecondPlaceTrouble) || error.code !== 'SECOND_PLACE_DAMAGED') throw error;
      this.#parts.log.warn('second place damaged', { reason: error.message });
      return null;
    }
  }

  /** A place that knows nothing is told how the log stands now: on a quiet site the next checkpoint may be long in coming. */
  async #compareWith(elsewhere: CheckpointElsewhere | null): Promise<void> {
    const { store } = this.#parts;
    const lack = elsewhere === null ? null : await lackOf(store, elsewhere, this.#key);
    if (lack !== null) store.distrust(lack);
    if (elsewhere === null) this.#newest ??= await newestToKeep(store, this.#key);
  }

  /** A place that is away says so itself, and so does a log; whatever else it is, it is told once and tried again. */
  #notCompared(error: unknown): void {
    if (error instanceof SecondPlaceTrouble || error instanceof LogUnavailable) return;
    const failure = String(error);
    if (failure !== this.#failure) this.#parts.log.error('the log could not be compared with the second place', error);
    this.#failure = failure;
  }

  #signed(checkpoint: CheckpointElsewhere['checkpoint']): void {
    this.#newest = { checkpoint, signedAt: this.#parts.clock.now().toISOString() };
    this.#keep();
  }

  /** What cannot be kept now is overtaken by the next one. */
  #keep(): void {
    const newest = this.#newest;
    const { secondPlace, store } = this.#parts;
    if (secondPlace === null || newest === null || !this.#isCompared || store.integrity().status === 'damaged') return;
    this.#kept = this.#kept.then(() => secondPlace.saveCheckpoint(newest)).catch(() => undefined);
  }
}
