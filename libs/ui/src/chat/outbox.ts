import { computed, signal } from '@angular/core';
import type { Signal } from '@angular/core';
import { firstValueFrom, timer } from 'rxjs';
import { commandId } from '../connection/command-id';
import type { Answer } from '../connection/requests';
import { secondsAskedFor } from '../refusals/failure';
import type { Failure } from '../refusals/failure';
import type { ChatPort, OutgoingLine } from './chat-port';
import { keptUnsent } from './draft';

export interface UnsentLine extends OutgoingLine {
  /** null while it is on its way. */
  readonly refused: Failure | null;
  /** null unless the server has said that this is too fast. */
  readonly waits: LineWait | null;
}

/** What a line waits for: a moment in milliseconds since 1970, or null for the line before it. */
export interface LineWait {
  readonly until: number | null;
}

type Line = Omit<UnsentLine, 'waits'>;

/** How long lines wait in all, with nothing accepted in between, before the person is asked what to do. */
const patienceSeconds = 5 * 60;

/**
 * Lines that the log does not show yet. One is sent at a time, so the order stays; each keeps its commandId, so a line
 * whose answer was lost is in the log once. It is kept by the browser until then: a reload or a crash sends the rest.
 * A line that came too fast is sent again when the server says so, and what stands behind it waits.
 */
export class Outbox {
  readonly #port: Pick<ChatPort, 'send'>;
  readonly #kept;
  readonly #lines;
  readonly #answered = new Set<string>();
  readonly #waitsUntil = signal<number | null>(null);
  #sending = false;
  #closed = false;

  readonly lines: Signal<readonly UnsentLine[]>;
  readonly refused = computed(() => this.lines().filter((line) => line.refused !== null));

  constructor(sessionId: string, participantId: string, port: Pick<ChatPort, 'send'>) {
    this.#port = port;
    this.#kept = keptUnsent(sessionId, participantId);
    this.#lines = signal<readonly Line[]>((this.#kept.read() ?? []).map((line) => ({ ...line, refused: null })));
    this.lines = computed(() => this.#withWaits(this.#lines(), this.#waitsUntil()));
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
    let patience = patienceSeconds;
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      const { commandId: id, to, text } = next;
      const answer = await this.#port.send({ commandId: id, to, text });
      const seconds = answer.ok ? 0 : secondsAskedFor(answer.failure);
      if (seconds > 0 && seconds <= patience) {
        patience -= seconds;
        await this.#wait(seconds);
      } else {
        if (answer.ok) patience = patienceSeconds;
        this.#note(id, answer);
      }
    }
    this.#sending = false;
  }

  #next(): Line | undefined {
    return this.#closed ? undefined : this.#lines().find((line) => this.#isToSend(line));
  }

  #isToSend({ refused, commandId: id }: Line): boolean {
    return refused === null && !this.#answered.has(id);
  }

  async #wait(seconds: number): Promise<void> {
    this.#waitsUntil.set(Date.now() + seconds * 1000);
    await firstValueFrom(timer(seconds * 1000));
    this.#waitsUntil.set(null);
  }

  #note(id: string, answer: Answer<unknown>): void {
    this.#answered.add(id);
    if (answer.ok) return;
    this.#change((lines) => lines.map((line) => (line.commandId === id ? { ...line, refused: answer.failure } : line)));
  }

  #withWaits(lines: readonly Line[], until: number | null): readonly UnsentLine[] {
    const first = lines.find((line) => this.#isToSend(line));
    return lines.map((line) => {
      if (until === null || !this.#isToSend(line)) return { ...line, waits: null };
      return { ...line, waits: { until: line === first ? until : null } };
    });
  }

  #change(change: (lines: readonly Line[]) => readonly Line[]): void {
    if (this.#closed) return;
    const lines = change(this.#lines());
    this.#lines.set(lines);
    this.#kept.write(lines.length === 0 ? null : lines);
  }
}
