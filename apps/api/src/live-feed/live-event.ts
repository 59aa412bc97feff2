import { mayViewerSee } from '@deskside/domain';
import type { Viewer } from '@deskside/domain';
import { readableEnvelope } from '@deskside/event-store';
import type { Envelope, RecordedEvent } from '@deskside/event-store';
import { openPayload } from '@deskside/vault';
import type { Vault } from '@deskside/vault';

/** An event on its way to watchers: read once, opened at most once, however many watch. */
export class LiveEvent {
  #opened: Promise<unknown> | undefined;

  private constructor(
    readonly recorded: RecordedEvent,
    readonly envelope: Envelope,
    private readonly vault: Vault,
  ) {}

  /** Without those that a damaged log no longer tells. */
  static from(recorded: readonly RecordedEvent[], vault: Vault): readonly LiveEvent[] {
    return recorded.flatMap((event) => {
      const envelope = readableEnvelope(event);
      return envelope === null ? [] : [new LiveEvent(event, envelope, vault)];
    });
  }

  get revision(): number {
    return Number(this.recorded.revision);
  }

  opened(): Promise<unknown> {
    this.#opened ??= openPayload(this.envelope.payload, this.envelope.id, this.vault).catch((error: unknown) => {
      this.#opened = undefined;
      throw error;
    });
    return this.#opened;
  }

  visibleTo(viewer: Viewer): boolean {
    const { type, payload, actor } = this.envelope;
    return mayViewerSee(viewer, { type, payload, actor, revision: this.revision });
  }
}
