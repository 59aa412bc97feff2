import { isErasedBy, mayViewerSee } from '@deskside/domain';
import type { ErasedKey, SealedText, Viewer } from '@deskside/domain';
import { wellFormedEnvelope } from '@deskside/event-store';
import type { Envelope, RecordedEvent } from '@deskside/event-store';
import { openPayload, sealedTextsIn } from '@deskside/vault';
import type { Vault } from '@deskside/vault';

/** An event on its way to watchers: read once, opened at most once, however many watch. */
export class LiveEvent {
  #opened: Promise<unknown> | undefined;
  /** What there was to open. */
  #sealed: readonly SealedText[] = [];

  private constructor(
    readonly recorded: RecordedEvent,
    readonly envelope: Envelope,
    private readonly vault: Vault,
  ) {}

  /** Without those that have another form: watchers fold them, and so does the command path. */
  static from(recorded: readonly RecordedEvent[], vault: Vault): readonly LiveEvent[] {
    return recorded.flatMap((event) => {
      const envelope = wellFormedEnvelope(event);
      return envelope === null ? [] : [new LiveEvent(event, envelope, vault)];
    });
  }

  get revision(): number {
    return Number(this.recorded.revision);
  }

  /** The payload in the clear, kept for the next one who asks. */
  opened(): Promise<unknown> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  /** After these keys were destroyed: what was opened with one of them is not given out again. */
  forget(keys: readonly ErasedKey[]): void {
    if (this.#sealed.some((text) => keys.some((key) => isErasedBy(key, text)))) this.#opened = undefined;
  }

  visibleTo(viewer: Viewer): boolean {
    const { type, payload, actor } = this.envelope;
    return mayViewerSee(viewer, { type, payload, actor, revision: this.revision });
  }

  async #open(): Promise<unknown> {
    const { payload, id } = this.envelope;
    this.#sealed = sealedTextsIn(payload).map(({ sealed }) => sealed);
    try {
      return await openPayload(payload, id, this.vault);
    } catch (error) {
      this.#opened = undefined;
      throw error;
    }
  }
}
