import type { ErasedKey } from '@deskside/domain';

/**
 * What must outlive the data folder, kept outside of it: with a backup that is older than an erasure, or with a log that
 * was cut, this alone says what is missing. It holds no personal data. Whatever cannot be done rejects with
 * SecondPlaceTrouble, within ten seconds and without holding any thread that others need.
 */
export interface SecondPlace {
  /** Durable when it settles. Keys that are listed already may be listed again. None: there is a list from then on. */
  addErasedKeys(keys: readonly ErasedKey[]): Promise<void>;
  /** Null when there is no list of this site: then nothing is known of what was erased. */
  erasedKeys(): Promise<ErasedKeyList | null>;
  /** Replaces the one before, whole or not at all; durable when it settles. */
  saveCheckpoint(checkpoint: unknown): Promise<void>;
  /** What was saved last; null when nothing was. */
  checkpoint(): Promise<unknown>;
}

export interface ErasedKeyList {
  /** Each once. */
  readonly keys: readonly ErasedKey[];
  /** Which keys could not be read, in a sentence for the operator; null when all could. */
  readonly damage: string | null;
}

/** Why the second place cannot be used; the message is one sentence for the operator. */
export class SecondPlaceTrouble extends Error {
  readonly code: 'SECOND_PLACE_UNAVAILABLE' | 'SECOND_PLACE_DAMAGED';

  constructor(code: SecondPlaceTrouble['code'], sentence: string, cause?: unknown) {
    super(sentence, { cause });
    this.name = 'SecondPlaceTrouble';
    this.code = code;
  }
}
