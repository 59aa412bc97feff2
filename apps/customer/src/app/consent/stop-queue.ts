import { signal } from '@angular/core';
import { untilSettled } from '@deskside/ui';
import type { Answer, KeptJson } from '@deskside/ui';

/** A Stop on its way. The same id over retries and reloads: it is in the log once. */
export interface QueuedStop {
  readonly grantId: string;
  readonly commandId: string;
}

/** `sending`: the log does not have it yet; `confirming`: it has, the media server is being asked; `stopped`: read back. */
export type StopState = 'sending' | 'confirming' | 'stopped';

export interface StopPort {
  /** Sends until there is an answer, however long the server is away. */
  revoke(stop: QueuedStop): Promise<Answer<{ readonly stoppedAtServer: boolean }>>;
  isStopped(grantId: string): Promise<Answer<boolean>>;
  /** Settles when it is time to ask again, and no sooner than after this many seconds. */
  pause(attempt: number, seconds?: number): Promise<void>;
  newCommandId(): string;
}

/** Every Stop until nobody sees anything any more. The capture has ended in the page before one comes here. */
export class StopQueue {
  readonly #kept: KeptJson<readonly QueuedStop[]>;
  readonly #port: StopPort;
  readonly #states = signal<ReadonlyMap<string, StopState>>(new Map());
  #closed = false;

  /** By grant. */
  readonly states = this.#states.asReadonly();

  constructor(kept: KeptJson<readonly QueuedStop[]>, port: StopPort) {
    this.#kept = kept;
    this.#port = port;
    for (const stop of kept.read() ?? []) void this.#send(stop);
  }

  /** Pressed twice is pressed once. */
  stop(grantId: string): void {
    if (this.#states().has(grantId)) return;
    const stop = { grantId, commandId: this.#port.newCommandId() };
    this.#keep((stops) => [...stops, stop]);
    void this.#send(stop);
  }

  /** For a grant that ended in another way: only the reading back. */
  confirm(grantId: string): void {
    if (!this.#states().has(grantId)) void this.#confirm(grantId);
  }

  close(): void {
    this.#closed = true;
  }

  async #send(stop: QueuedStop): Promise<void> {
    this.#set(stop.grantId, 'sending');
    const answer = await this.#untilSettled(() => this.#port.revoke(stop));
    if (this.#closed) return;
    this.#keep((stops) => stops.filter(({ commandId }) => commandId !== stop.commandId));
    if (answer.ok && answer.data.stoppedAtServer) this.#set(stop.grantId, 'stopped');
    // A refusal means that the grant was over already: what counts is what the media server does.
    else await this.#confirm(stop.grantId);
  }

  async #confirm(grantId: string): Promise<void> {
    this.#set(grantId, 'confirming');
    for (let attempt = 0; !this.#closed; attempt++) {
      const answer = await this.#untilSettled(() => this.#port.isStopped(grantId));
      if (answer.ok && answer.data) return this.#set(grantId, 'stopped');
      // Nobody who may ask is here any more, such as after the session's end.
      if (!answer.ok && answer.failure.kind === 'refused') return;
      await this.#port.pause(attempt);
    }
  }

  /** What was refused only for the moment says nothing of the grant. */
  #untilSettled<T>(ask: () => Promise<Answer<T>>): Promise<Answer<T>> {
    return untilSettled(ask, {
      isWanted: () => !this.#closed,
      pause: (attempt, seconds) => this.#port.pause(attempt, seconds),
    });
  }

  #set(grantId: string, state: StopState): void {
    if (!this.#closed) this.#states.update((states) => new Map(states).set(grantId, state));
  }

  #keep(change: (stops: readonly QueuedStop[]) => readonly QueuedStop[]): void {
    const stops = change(this.#kept.read() ?? []);
    this.#kept.write(stops.length === 0 ? null : stops);
  }
}

export function isQueuedStops(value: unknown): value is readonly QueuedStop[] {
  return Array.isArray(value) && value.every((s) => typeof s?.grantId === 'string' && typeof s.commandId === 'string');
}
