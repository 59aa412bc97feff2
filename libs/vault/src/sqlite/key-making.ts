import type { UnsealedText } from '@deskside/domain';
import type { PreparedSealing } from '../vault';
import type { KeyRing } from './key-ring';

interface Waiting {
  readonly texts: readonly UnsealedText[];
  readonly resolve: (prepared: PreparedSealing) => void;
  readonly reject: (error: unknown) => void;
}

/** Makes the keys that all callers of one turn need in one durable write: new sessions that come together share a sync. */
export class KeyMaking {
  readonly #ring: KeyRing;
  #waiting: Waiting[] = [];

  constructor(ring: KeyRing) {
    this.#ring = ring;
  }

  prepare(texts: readonly UnsealedText[]): Promise<PreparedSealing> {
    return new Promise((resolve, reject) => {
      if (this.#ring.holdsAllFor(texts)) return resolve(this.#ring.prepare(texts));
      this.#waiting.push({ texts, resolve, reject });
      if (this.#waiting.length === 1) process.nextTick(() => this.flush());
    });
  }

  /** Settles all that wait. */
  flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length === 0) return;
    try {
      this.#ring.makeMissing(waiting.flatMap(({ texts }) => texts));
    } catch {
      // One of them was refused and the write with it; each alone below, so that only that one fails.
    }
    for (const { texts, resolve, reject } of waiting) {
      try {
        resolve(this.#ring.prepare(texts));
      } catch (error) {
        reject(error);
      }
    }
  }
}
