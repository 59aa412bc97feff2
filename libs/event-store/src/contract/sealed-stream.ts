import type { EventId, Revision, SealedEvent, StreamName } from '../event-store';
import { eventIdFor, GENESIS_HASH, sealEvent } from '../seal';

export interface DraftEvent {
  readonly type?: string;
  readonly payload?: unknown;
  readonly id?: EventId;
}

/** Seals events of one stream one behind the other, as the command path does. */
export class SealedStream {
  /** Stands before every name: where a server is shared with earlier runs, theirs are out of the way. */
  static prefix = '';
  readonly name: StreamName;
  #hash: Uint8Array = GENESIS_HASH;
  #revision = -1n;

  constructor(name: string) {
    this.name = `${SealedStream.prefix}${name}` as StreamName;
  }

  get revision(): Revision {
    return this.#revision;
  }

  /** Stands behind an event that another writer made. */
  continueAfter(revision: Revision, hash: Uint8Array): void {
    this.#revision = revision;
    this.#hash = hash;
  }

  seal(draft: DraftEvent = {}): SealedEvent {
    const revision = this.#revision + 1n;
    const commandId = `command-${revision}`;
    const sealed = sealEvent(
      {
        id: draft.id ?? eventIdFor({ actorId: 'contract', stream: this.name, commandId, index: 0 }),
        type: draft.type ?? 'ChatMessageSent',
        schemaVersion: 1,
        stream: this.name,
        revision: revision.toString(),
        occurredAt: '2026-01-01T00:00:00.000Z',
        actor: { kind: 'system', id: 'contract' },
        correlationId: 'correlation',
        causationId: null,
        commandId,
        commandType: 'SendChatMessage',
        siteId: 'site',
        writer: { version: '0.0.0', boot: 'boot' },
        payload: draft.payload ?? { number: Number(revision) },
      },
      this.#hash,
    );
    this.continueAfter(revision, sealed.hash);
    return sealed;
  }

  sealMany(count: number, draft: DraftEvent = {}): SealedEvent[] {
    return Array.from({ length: count }, () => this.seal(draft));
  }
}
