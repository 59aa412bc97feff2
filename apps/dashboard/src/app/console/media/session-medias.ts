import { Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import { isOpenRequest } from '@deskside/domain';
import type { SupportSession } from '@deskside/domain';
import { MediaAccessDocument } from '../../../generated/graphql';
import { StaffRequests } from '../../sign-in/staff-requests';
import { liveScreen } from '../consent/screen-request';
import type { OpenSession } from '../open-sessions/open-session';
import { OpenSessions } from '../open-sessions/open-sessions';
import { MediaReadiness } from './media-readiness';
import { SessionMedia } from './session-media';

/**
 * The media of each of my sessions, whichever session or page is in front. A window goes to the media server as soon as
 * something is asked, so that the picture is there soon after the customer's choice.
 */
@Injectable({ providedIn: 'root' })
export class SessionMedias {
  readonly #requests = inject(StaffRequests);
  readonly #readiness = inject(MediaReadiness).state;
  readonly #held = signal<ReadonlyMap<string, SessionMedia>>(new Map());
  readonly ready = computed(() => this.#readiness()?.status === 'ready');

  constructor() {
    const sessions = inject(OpenSessions);
    effect(() => {
      const live = sessions.live();
      const ready = this.ready();
      for (const session of live) {
        const me = session.me();
        if (me === undefined) continue;
        const media = untracked(() => this.#hold(session, me.id));
        if (ready && needsMedia(session.session(), me.id)) untracked(() => void media.enter());
      }
      untracked(() => this.#keepOnly(new Set(live.map(({ id }) => id))));
    });
  }

  /** undefined until I am in the session. */
  of(session: OpenSession): SessionMedia | undefined {
    return this.#held().get(session.id);
  }

  all(): readonly (readonly [string, SessionMedia])[] {
    return [...this.#held()];
  }

  #hold({ id: sessionId }: OpenSession, me: string): SessionMedia {
    const known = this.#held().get(sessionId);
    if (known !== undefined) return known;
    const media = new SessionMedia(me, () => this.#requests.send(MediaAccessDocument, { sessionId }));
    this.#held.update((held) => new Map([...held, [sessionId, media]]));
    return media;
  }

  #keepOnly(live: ReadonlySet<string>): void {
    const gone = [...this.#held()].filter(([id]) => !live.has(id));
    if (gone.length === 0) return;
    for (const [, media] of gone) media.close();
    this.#held.update((held) => new Map([...held].filter(([id]) => live.has(id))));
  }
}

/** True while there is something to see or hear, or soon will be. */
function needsMedia(session: SupportSession, me: string): boolean {
  if (session.status !== 'open') return false;
  const asked = Object.values(session.requests).some(isOpenRequest);
  return asked || liveScreen(session)?.grantees.includes(me) === true || session.audio[me] !== undefined;
}
