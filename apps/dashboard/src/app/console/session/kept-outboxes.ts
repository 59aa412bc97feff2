import { Injectable, effect, inject, untracked } from '@angular/core';
import { Outbox } from '@deskside/ui';
import type { OpenSession } from '../open-sessions/open-session';
import { OpenSessions } from '../open-sessions/open-sessions';
import { SessionActs } from './session-acts';

/**
 * What was written in each open session and is not in its log yet. It goes out whichever session or page is in front, and
 * after a reload too.
 */
@Injectable({ providedIn: 'root' })
export class KeptOutboxes {
  readonly #acts = inject(SessionActs);
  readonly #outboxes = new Map<string, Outbox>();

  constructor() {
    const sessions = inject(OpenSessions);
    effect(() => {
      for (const session of sessions.live()) {
        const me = session.me();
        if (me !== undefined) untracked(() => this.of(session, me.id));
      }
    });
  }

  of({ id: sessionId }: OpenSession, me: string): Outbox {
    const key = `${sessionId} ${me}`;
    let outbox = this.#outboxes.get(key);
    if (outbox === undefined) {
      outbox = new Outbox(sessionId, me, this.#acts.chatPort(sessionId));
      this.#outboxes.set(key, outbox);
    }
    return outbox;
  }
}
