import { computed, signal } from '@angular/core';
import type { Signal } from '@angular/core';
import { commandId } from '../connection/command-id';
import type { Failure } from '../refusals/failure';
import type { ChatPort, OutgoingLine } from './chat-port';
import { keptUnsent } from './draft';

export interface UnsentLine extends OutgoingLine {
  /** null while it is on its way. */
  readonly refused: Failure | null;
}

/**
 * Lines that the log does not show yet. One is sent at a time, so the order stays; each keeps its commandId, so a line
 * whose answer was lost is in the log once. It is kept by the browser until then: a reload or a crash sends the rest.
 */
export class Outbox {
  readonly #port: Pick<ChatPort, 'send'>;
  readonly #kept;
  readonly #lines;
  readonly #answered = new Set<string>();
  #sending = false;
  #closed = false;

  readonly lines: Signal<readonly UnsentLine[]>;
  readonly refused = computed(() => this.lines().filter((line) => line.refused !== null));

  constructor(sessionId: string, participantId: string, port: Pick<ChatPort, 'send'>) {
    this.#port = port;
    this.#kept = keptUnsent(sessionId, participantId);
    this.#lines = signal<readonly UnsentLine[]>((this.#kept.read() ?? []).map((line) => ({ ...line, refused: null })));
    this.lines = this.#lines.asReadonly();
    // Not now: outboxes are made while signals are computed.
    queueMicrotask(() => void this.#sendAll());
  }

  /** Nobody looks at this one any more: what is under way arrives, the kept lines belong to the next. */
  close(): void {
    this.#closed = true;
  }

  add(to: string, text: string): void {
    this.#change((lines) => [...lines, { commandId: commandId(), to, text, refused: null }]);
    void this.#sendAll();
  }

  /** The log shows these now. */
  arrived(messageIds: ReadonlySet<string>): void {
    if (this.#lines().some((line) => messageIds.has(line.commandId)))
      this.#change((lines) => lines.filter((line) => !messageIds.has(line.commandId)));
  }

  discard(id: string): void {
    this.#change((lines) => lines.filter((line) => line.commandId !== id));
  }

  async #sendAll(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    for (let next = this.#next(); next !== undefined; next = this.#next()) await this.#sendOne(next);
    this.#sending = false;
  }

  #next(): UnsentLine | undefined {
    return this.#closed
      ? undefined
      : this.#lines().find((line) => line.refused === null && !this.#answered.has(line.commandId));
  }

  async #sendOne({ commandId: id, to, text }: UnsentLine): Promise<void> {
    const answer = await this.#port.send({ commandId: id, to, text });
    this.#answered.add(id);
    if (answer.ok) return;
    this.#change((lines) => lines.map((line) => (line.commandId === id ? { ...line, refused: answer.failure } : line)));
  }

  #change(change: (lines: readonly UnsentLine[]) => readonly UnsentLine[]): void {
    if (this.#closed) return;
    const lines = change(this.#lines());
    this.#lines.set(lines);
    this.#kept.write(lines.length === 0 ? null : lines);
  }
}
