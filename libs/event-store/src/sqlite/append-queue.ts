import type { ExpectedRevision, SealedEvent, StreamName } from '../event-store';
import { ID_BYTES, writeEventId } from './event-id-bytes';
import { HASH_BYTES, RECORD_BYTES } from './writer-messages';
import type { AppendBatch } from './writer-messages';

const FIRST_ROOM = 64;

/** Collects appends into one message for the writer thread. */
export class AppendQueue {
  #streams: string[] = [];
  #expected: ExpectedRevision[] = [];
  #counts: number[] = [];
  #types: string[] = [];
  #bodies: string[] = [];
  #binary = Buffer.allocUnsafeSlow(FIRST_ROOM * RECORD_BYTES);

  get appends(): number {
    return this.#streams.length;
  }

  /** @throws when an id or a hash has the wrong form; nothing of the append is queued then. */
  add(stream: StreamName, events: readonly SealedEvent[], expected: ExpectedRevision): void {
    const first = this.#bodies.length;
    this.#makeRoom((first + events.length) * RECORD_BYTES);
    events.forEach((event, index) => this.#writeRecord(event, (first + index) * RECORD_BYTES));
    for (const event of events) {
      this.#types.push(event.type);
      this.#bodies.push(event.body);
    }
    this.#streams.push(stream);
    this.#expected.push(expected);
    this.#counts.push(events.length);
  }

  take(): AppendBatch {
    const binary = this.#binary.subarray(0, this.#bodies.length * RECORD_BYTES);
    const batch: AppendBatch = {
      kind: 'append',
      streams: this.#streams,
      expected: this.#expected,
      counts: this.#counts,
      types: this.#types,
      bodies: this.#bodies,
      // A view of a larger buffer would be copied whole.
      binary: new Uint8Array(binary),
    };
    this.#streams = [];
    this.#expected = [];
    this.#counts = [];
    this.#types = [];
    this.#bodies = [];
    return batch;
  }

  #writeRecord(event: SealedEvent, offset: number): void {
    if (event.hash.length !== HASH_BYTES) throw new Error('The hash of an event must have 32 bytes.');
    writeEventId(event.id, this.#binary, offset);
    this.#binary.set(event.hash, offset + ID_BYTES);
  }

  #makeRoom(bytes: number): void {
    if (bytes <= this.#binary.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(bytes, 2 * this.#binary.length));
    this.#binary.copy(larger);
    this.#binary = larger;
  }
}
