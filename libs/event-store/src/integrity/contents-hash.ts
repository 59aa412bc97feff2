import { createHash } from 'node:crypto';
import type { RecordedEvent } from '../event-store';

/**
 * SHA-256 over everything that a log says of its events, whether that fits their own hashes or not: an operator who accepts
 * what is wrong with a log accepts that, and nothing that comes to be wrong in it later.
 */
export class ContentsHash {
  readonly #hash = createHash('sha256');

  add({ stream, revision, type, id, hash, body }: RecordedEvent): void {
    const text = JSON.stringify([stream, revision.toString(), type, id, Buffer.from(hash).toString('base64'), body]);
    this.#hash.update(text).update('\n');
  }

  /** Of all that were added so far, base64. */
  get value(): string {
    return this.#hash.copy().digest('base64');
  }
}
