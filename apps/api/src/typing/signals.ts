import { Mailbox } from '../live-feed/mailbox';

/** Somebody types or has stopped. Lost without harm, and therefore no event. */
export interface TypingSignal {
  readonly participantId: string;
  readonly typing: boolean;
  /** `all` or the one participant who may know. */
  readonly to: string;
}

/** Short-lived signals between the people of one session. */
export interface Signals {
  publish(sessionId: string, signal: TypingSignal): void;
  /** What the others in the session signal to this participant. */
  subscribe(sessionId: string, participantId: string): AsyncIterableIterator<TypingSignal>;
}

export class InProcessSignals implements Signals {
  readonly #listeners = new Map<string, Set<(signal: TypingSignal) => void>>();

  publish(sessionId: string, signal: TypingSignal): void {
    for (const listener of this.#listeners.get(sessionId) ?? []) listener(signal);
  }

  subscribe(sessionId: string, participantId: string): AsyncIterableIterator<TypingSignal> {
    const listeners = this.#listeners.get(sessionId) ?? new Set();
    const mailbox = new Mailbox<TypingSignal>(() => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(sessionId);
    });
    const listener = (signal: TypingSignal): void => {
      const forHim = signal.to === 'all' || signal.to === participantId;
      if (forHim && signal.participantId !== participantId) mailbox.push(signal);
    };
    this.#listeners.set(sessionId, listeners.add(listener));
    return mailbox;
  }
}
