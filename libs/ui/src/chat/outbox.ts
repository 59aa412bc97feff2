import { computed, signal } from '@angular/core';
import type { Signal } from '@angular/core';
import { firstValueFrom, timer } from 'rxjs';
import { backOffMs } from '../connection/back-off';
import { commandId } from '../connection/command-id';
import type { Answer } from '../connection/requests';
import { passesByItself, secondsAskedFor } from '../refusals/failure';
import type { Failure } from '../refusals/failure';
import type { ChatPort, OutgoingLine } from './chat-port';
import { keptUnsent } from './draft';

export interface UnsentLine extends OutgoingLine {
  /** null while it is on its way. */
  readonly refused: Failure | null;
  /** null unless the server has refused it for the moment. */
  readonly waits: LineWait | null;
}

/** What a line waits for. */
export interface LineWait {
  /** In milliseconds since 1970; null: for the line before it. */
  readonly until: number | null;
  /** Whether the server asks for it; otherwise it cannot take anything at the moment. */
  readonly isTooFast: boolean;
}

interface Wait {
  readonly seconds: number;
  readonly isTooFast: boolean;
}

type Line = Omit<UnsentLine, 'waits'>;

/** How long lines wait in all, with nothing accepted in between, before the person is asked what to do. */
const patienceSeconds = 5 * 60;

/**
 * Lines that the log does not show yet. One is sent at a time, so the order stays; each keeps its commandId, so a line
 * whose answer was lost is in the log once. It is kept by the browser until then: a reload or a crash sends the rest.
 * A line that is refused only for the moment is sent again, if it came too fast when the server says so, and what stands
 * behind it waits.
 */
export class Outbox {
  readonly #port: Pick<ChatPort, 'send'>;
  readonly #kept;
  readonly #lines;
  readonly #answered = new Set<string>();
  readonly #wait = signal<(LineWait & { readonly until: number }) | null>(null);
  #sending = false;
  #closed = false;

  readonly lines: Signal<readonly UnsentLine[]>;
  readonly refused = computed(() => this.lines().filter((line) => line.refused !== null));

  constructor(sessionId: string, participantId: string, port: Pick<ChatPort, 'send'>) {
    this.#port = port;
    this.#kept = keptUnsent(sessionId, participantId);
    this.#lines = signal<readonly Line[]>((this.#kept.read() ?? []).map((line) => ({ ...line, refused: null })));
    this.lines = computed(() => this.#withWaits(this.#lines(), this.#wait()));
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
    let waits = 0;
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      const { commandId: id, to, text } = next;
      const answer = await this.#port.send({ commandId: id, to, text });
      const wait = answer.ok ? null : waitFor(answer.failure, waits);
      if (wait !== null && wait.seconds <= patience) {
        waits++;
        patience -= wait.seconds;
        await this.#keep(wait);
      } else {
        if (answer.ok) [patience, waits] = [patienceSeconds, 0];
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

  async #keep({ seconds, isTooFast }: Wait): Promise<void> {
    this.#wait.set({ until: Date.now() + seconds * 1000, isTooFast });
    await firstValueFrom(timer(seconds * 1000));
    this.#wait.set(null);
  }

  #note(id: string, answer: Answer<unknown>): void {
    this.#answered.add(id);
    if (answer.ok) return;
    this.#change((lines) => lines.map((line) => (line.commandId === id ? { ...line, refused: answer.failure } : line)));
  }

  #withWaits(lines: readonly Line[], wait: LineWait | null): readonly UnsentLine[] {
    const first = lines.find((line) => this.#isToSend(line));
    return lines.map((line) => {
      if (wait === null || !this.#isToSend(line)) return { ...line, waits: null };
      return { ...line, waits: line === first ? wait : { ...wait, until: null } };
    });
  }

  #change(change: (lines: readonly Line[]) => readonly Line[]): void {
    if (this.#closed) return;
    const lines = change(this.#lines());
    this.#lines.set(lines);
    this.#kept.write(lines.length === 0 ? null : lines);
  }
}

/** null: asking again would bring the same answer. */
function waitFor(failure: Failure, waits: number): Wait | null {
  if (!passesByItself(failure)) return null;
  const asked = secondsAskedFor(failure);
  return asked > 0
    ? { seconds: asked, isTooFast: true }
    : { seconds: backOffMs(waits, Math.random()) / 1000, isTooFast: false };
}
