import type {
  EventLogReader,
  LogDamage,
  LogIntegrity,
  Position,
  RecordedEvent,
  Revision,
  StreamName,
} from '../event-store';
import { damageAt, damageBefore, faultOf } from '../integrity';
import { GENESIS_HASH } from '../seal';
import { isUnsealed } from './server-event';

const LINKS_KEPT = 100_000;

/**
 * Checks events as they come in `$all` order: their bytes fit their hash and their stream's event before, and what the
 * server says of them is what their bytes say. The first that does not fit is the end of it.
 */
export class ChainCheck {
  readonly #reader: Pick<EventLogReader, 'readStream'>;
  /** Newest checked revision and hash of each stream seen. */
  readonly #links = new Map<StreamName, { readonly revision: Revision; readonly hash: Uint8Array }>();
  #sound: Exclude<LogIntegrity, LogDamage>;
  /** The first that was found, by whomever. */
  #damage: LogDamage | null = null;

  /** @param verifiedUpTo where the last check ended, or a loss was accepted later; null at first */
  constructor(reader: Pick<EventLogReader, 'readStream'>, verifiedUpTo: Position | null) {
    this.#reader = reader;
    this.#sound = { status: 'verifying', verifiedUpTo };
  }

  get integrity(): LogIntegrity {
    return this.#damage ?? this.#sound;
  }

  async take(events: readonly RecordedEvent[]): Promise<void> {
    for (const event of events) {
      if (this.#damage !== null) return;
      const damage = await this.#damageAt(event);
      if (damage !== undefined) this.#found(damage);
      else this.#sound = { status: this.#sound.status, verifiedUpTo: event.position };
    }
  }

  /** An event that was not sealed by Deskside: nothing to us in a stream of its own, damage behind an event of ours. */
  async takeForeign(event: RecordedEvent): Promise<void> {
    if (this.#damage !== null || event.revision === 0n) return;
    const previous = await this.#previousHash(event.stream, event.revision);
    if (previous !== undefined) this.#found(damageAt(event, 'It was not sealed by Deskside.'));
  }

  /** Found by somebody who knows more of the log than its events say. */
  distrust(reason: string): void {
    this.#found({ status: 'damaged', place: null, reason });
  }

  caughtUp(position: Position | null): void {
    this.#sound = { status: 'whole', verifiedUpTo: position };
  }

  /** What comes later follows from it, or says less. */
  #found(damage: LogDamage): void {
    this.#damage ??= damage;
  }

  async #damageAt(event: RecordedEvent): Promise<LogDamage | undefined> {
    const { stream, revision, hash } = event;
    const previous = await this.#previousHash(stream, revision);
    if (previous === undefined) return damageBefore(event);
    const fault = faultOf(event, previous);
    if (fault !== undefined) return damageAt(event, fault);
    if (this.#links.size >= LINKS_KEPT) this.#links.clear();
    this.#links.set(stream, { revision, hash });
    return undefined;
  }

  async #previousHash(stream: StreamName, revision: Revision): Promise<Uint8Array | undefined> {
    if (revision === 0n) return GENESIS_HASH;
    const known = this.#links.get(stream);
    if (known?.revision === revision - 1n) return known.hash;
    const [before] = await this.#reader.readStream(stream, { from: revision - 1n, maxCount: 1 });
    return before?.revision === revision - 1n && !isUnsealed(before) ? before.hash : undefined;
  }
}
