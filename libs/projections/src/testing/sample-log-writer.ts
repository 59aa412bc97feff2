import { UnsealedText } from '@deskside/domain';
import { GENESIS_HASH, sealEvent } from '@deskside/event-store';
import type { Envelope, EventId, EventStore, Position, SealedEvent, StreamName } from '@deskside/event-store';
import { sealPayload } from '@deskside/vault';
import type { PersonalDataVault } from '@deskside/vault';
import type { SampleEvent, SealSample } from './sample-history';

/** Events whose appends wait together. */
const AT_ONCE = 500;

/** For a history whose texts are sealed when it is written. */
export const sealLater: SealSample = ({ text, subject, class: of, ownKey = false }) =>
  new UnsealedText(text, { subject, class: of, ownKey });

/** Writes a sample history into a real log, sealed by a real vault. */
export class SampleLogWriter {
  readonly #store: EventStore;
  readonly #vault: PersonalDataVault;
  readonly #tails = new Map<string, { revision: bigint; hash: Uint8Array }>();

  constructor(store: EventStore, vault: PersonalDataVault) {
    this.#store = store;
    this.#vault = vault;
  }

  /** @returns the position of the last of them, of which there must be one. */
  async append(events: readonly SampleEvent[]): Promise<Position> {
    let last: Position | undefined;
    for (let from = 0; from < events.length; from += AT_ONCE) {
      const some = events.slice(from, from + AT_ONCE);
      const sealed = await this.#sealed(some);
      const results = await Promise.all(sealed.map(([stream, event]) => this.#store.append(stream, [event], 'any')));
      for (const result of results) {
        if (!result.ok) throw new Error(`The sample was not written: ${result.code}.`);
        last = result.position;
      }
    }
    if (last === undefined) throw new Error('There was nothing to write.');
    return last;
  }

  async #sealed(events: readonly SampleEvent[]): Promise<readonly (readonly [StreamName, SealedEvent])[]> {
    const texts = events.flatMap(({ payload }) =>
      Object.values(payload as object).filter((value) => value instanceof UnsealedText),
    );
    const prepared = await this.#vault.prepare(texts);
    return events.map((event) => {
      const payload = sealPayload(event.payload, event.id, prepared);
      return [event.stream as StreamName, this.#linked({ ...event, payload })] as const;
    });
  }

  #linked(event: SampleEvent): SealedEvent {
    const { id, type, stream, occurredAt, actor, payload } = event;
    const tail = this.#tails.get(stream) ?? { revision: -1n, hash: GENESIS_HASH };
    const revision = tail.revision + 1n;
    const envelope: Envelope = {
      ...{ id: id as EventId, type, schemaVersion: 1, stream, revision: revision.toString(), occurredAt, actor },
      ...{ correlationId: id, causationId: null, commandId: id, commandType: 'Sample', siteId: 'sample-site' },
      ...{ writer: { version: '0.1.0', boot: 'sample-boot' }, payload },
    };
    const sealed = sealEvent(envelope, tail.hash);
    this.#tails.set(stream, { revision, hash: sealed.hash });
    return sealed;
  }
}
