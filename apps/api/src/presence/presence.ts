import { randomUUID } from 'node:crypto';
import { disconnectedAfterSeconds, graceAfterBootSeconds } from '@deskside/domain';
import { askAgainAfter, ReadModelUnavailable } from '@deskside/projections';
import type { ReadModels } from '@deskside/projections';
import type { Caller } from '../command-path/caller';
import type { EventHub } from '../live-feed/event-hub';
import type { Sessions } from '../support-session/sessions';

interface Watched {
  readonly sessionId: string;
  readonly participantId: string;
}

/**
 * Presence follows the open feeds of a participant, not his tabs: one is enough. The last one gone for the grace time
 * makes him disconnected; after a start of the server everybody has longer to come back.
 */
export class Presence {
  readonly #feeds = new Map<string, number>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #caller: Caller;
  readonly #sessions: Sessions;
  readonly #onFailure: (error: unknown) => void;
  #closed = false;

  constructor(parts: { sessions: Sessions; hub: EventHub; bootId: string; onFailure: (error: unknown) => void }) {
    this.#sessions = parts.sessions;
    this.#onFailure = parts.onFailure;
    this.#caller = { kind: 'system', id: parts.bootId, correlationId: randomUUID() };
    // Whoever came in and has no feed open has gone in the same moment.
    parts.hub.onType('ParticipantJoined', ({ recorded, envelope }) => {
      const { participantId } = envelope.payload as { participantId: string };
      const sessionId = recorded.stream.replace(/^supportSession-/, '');
      this.#gone({ sessionId, participantId }, disconnectedAfterSeconds);
    });
  }

  /** Whoever counted as present when the last server ended has this long to open a feed. */
  expectBack(readModels: ReadModels): void {
    try {
      for (const { sessionId, participantIds } of readModels.sessions.openSessionsWithPeoplePresent()) {
        for (const participantId of participantIds) this.#gone({ sessionId, participantId }, graceAfterBootSeconds);
      }
    } catch (error) {
      if (!(error instanceof ReadModelUnavailable)) throw error;
      if (!this.#closed) this.#timers.set('', setTimeout(() => this.expectBack(readModels), askAgainAfter).unref());
    }
  }

  feedOpened(who: Watched): void {
    const key = keyOf(who);
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    const feeds = this.#feeds.get(key) ?? 0;
    this.#feeds.set(key, feeds + 1);
    if (feeds === 0) this.#note(who, 'NoteReturned');
  }

  feedClosed(who: Watched): void {
    const key = keyOf(who);
    const feeds = (this.#feeds.get(key) ?? 1) - 1;
    if (feeds > 0) return void this.#feeds.set(key, feeds);
    this.#feeds.delete(key);
    this.#gone(who, disconnectedAfterSeconds);
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #gone(who: Watched, seconds: number): void {
    const key = keyOf(who);
    if (this.#closed || this.#feeds.has(key) || this.#timers.has(key)) return;
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      this.#note(who, 'NoteDisconnected');
    }, seconds * 1000);
    this.#timers.set(key, timer.unref());
  }

  /** Refusals (left, ended) mean that there is nothing to note. */
  #note({ sessionId, participantId }: Watched, type: 'NoteReturned' | 'NoteDisconnected'): void {
    if (this.#closed) return;
    const about = { sessionId, caller: this.#caller, commandId: randomUUID() };
    this.#sessions.handle(about, { type, payload: { participantId } }).catch(this.#onFailure);
  }
}

function keyOf({ sessionId, participantId }: Watched): string {
  return `${sessionId} ${participantId}`;
}
