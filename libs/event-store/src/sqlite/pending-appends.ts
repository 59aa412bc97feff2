import type { AppendResult, ExpectedRevision, RecordedEvent, SealedEvent, StreamName } from '../event-store';
import { AppendQueue } from './append-queue';
import { toPosition } from './log-position';
import type { AppendBatch, GroupAnswer } from './writer-messages';

/** Answers that may stand before those that are awaited, until they are dropped. */
const SETTLED_KEPT = 4096;

interface Pending {
  readonly stream: StreamName;
  readonly events: readonly SealedEvent[];
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: Error) => void;
}

/** Appends that wait for their answer, in order: first those that were sent to the thread, then those that were not. */
export class PendingAppends {
  readonly #queue = new AppendQueue();
  #pending: Pending[] = [];
  #settled = 0;

  get unsent(): number {
    return this.#queue.appends;
  }

  /** Rejects only when the outcome is unknown. */
  add(stream: StreamName, events: readonly SealedEvent[], expected: ExpectedRevision): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      this.#queue.add(stream, events, expected);
      this.#pending.push({ stream, events, resolve, reject });
    });
  }

  /** All that were not sent. They are from now on. */
  send(): AppendBatch {
    return this.#queue.take();
  }

  /** @returns what was written, and the position of the last of it */
  settle(answer: GroupAnswer): { readonly committed: readonly RecordedEvent[]; readonly last: bigint } {
    const others = new Map(answer.others);
    const committed: RecordedEvent[] = [];
    let last = 0n;
    answer.positions.forEach((position, index) => {
      const pending = this.#pending[this.#settled++];
      const other = others.get(index);
      if (other) return pending?.resolve(other);
      const lastRevision = answer.revisions[index] ?? 0n;
      for (const event of record(pending, position, lastRevision)) committed.push(event);
      last = position;
      return pending?.resolve({ ok: true, position: toPosition(position), lastRevision, alreadyThere: false });
    });
    if (this.#settled === this.#pending.length || this.#settled > SETTLED_KEPT) this.#drop(this.#settled);
    return { committed, last };
  }

  /** Whether what was sent was written is unknown to everybody: the thread is gone. */
  lose(why: string): void {
    const sent = this.#pending.length - this.unsent;
    const unknown = this.#pending.slice(this.#settled, sent);
    this.#drop(sent);
    for (const { reject } of unknown) reject(new Error(`Whether the append was written is unknown: ${why}.`));
  }

  /** What was sent may be written: its answer is on its way. */
  refuseUnsent(refusal: AppendResult): void {
    const unsent = this.#pending.splice(this.#pending.length - this.unsent);
    if (unsent.length > 0) this.#queue.take();
    for (const { resolve } of unsent) resolve(refusal);
  }

  #drop(count: number): void {
    this.#pending = this.#pending.slice(count);
    this.#settled = 0;
  }
}

function record(pending: Pending | undefined, lastPosition: bigint, lastRevision: bigint): RecordedEvent[] {
  if (!pending) return [];
  const { stream, events } = pending;
  return events.map((event, index) => {
    const behind = BigInt(events.length - 1 - index);
    const { id, type, body, hash } = event;
    return {
      id,
      type,
      body,
      hash,
      stream,
      revision: lastRevision - behind,
      position: toPosition(lastPosition - behind),
    };
  });
}
