import type { ErasedKey } from '@deskside/domain';
import type { Log } from '../log/logger';
import type { ErasedKeyList, SecondPlace } from './second-place';

type Way = 'reading' | 'writing';

/** A second place of which is known, and said once each time that it changes, whether it can be used. */
export class WatchedSecondPlace implements SecondPlace {
  /** Apart: a full disk can be read. */
  readonly #troubles: Record<Way, string | null> = { reading: null, writing: null };

  constructor(
    private readonly place: SecondPlace,
    private readonly log: Pick<Log, 'info' | 'warn'>,
  ) {}

  /** Why it cannot be used just now, in a sentence for the operator; null while it can, as far as is known. */
  trouble(): string | null {
    return this.#troubles.writing ?? this.#troubles.reading;
  }

  addErasedKeys(keys: readonly ErasedKey[]): Promise<void> {
    return this.#watched('writing', this.place.addErasedKeys(keys));
  }

  erasedKeys(): Promise<ErasedKeyList | null> {
    return this.#watched('reading', this.place.erasedKeys());
  }

  saveCheckpoint(checkpoint: unknown): Promise<void> {
    return this.#watched('writing', this.place.saveCheckpoint(checkpoint));
  }

  checkpoint(): Promise<unknown> {
    return this.#watched('reading', this.place.checkpoint());
  }

  async #watched<Result>(way: Way, work: Promise<Result>): Promise<Result> {
    try {
      const result = await work;
      this.#note(way, null);
      return result;
    } catch (error) {
      this.#note(way, error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  #note(way: Way, trouble: string | null): void {
    const before = this.trouble();
    this.#troubles[way] = trouble;
    const now = this.trouble();
    if (now === before) return;
    if (now === null) this.log.info('second place can be used again');
    else this.log.warn('second place cannot be used', { reason: now });
  }
}
