import { DOCUMENT, Injectable, inject } from '@angular/core';
import { injectTexts } from '@deskside/ui';
import type { FeedEvent } from '@deskside/ui';
import type { OpenSession } from '../console/open-sessions/open-session';
import { attentionKindOf } from './attention-kind';
import type { AttentionKind } from './attention-kind';
import { AttentionSettings } from './attention-settings';
import { Chime } from './chime';

/** Calls the representative when something happens in a session: a sound, a notification without names or text. */
@Injectable({ providedIn: 'root' })
export class Attention {
  readonly #settings = inject(AttentionSettings);
  readonly #document = inject(DOCUMENT);
  readonly #t = injectTexts();
  readonly #chime = new Chime();
  #lookedAt: string | null = null;

  /** The session whose page is in front, or null. */
  lookAt(sessionId: string | null): void {
    this.#lookedAt = sessionId;
  }

  /** Only what comes while one is here calls: what was there before is unread, not new. */
  consider(session: OpenSession, events: readonly FeedEvent[]): void {
    if (!session.store.caughtUp()) return;
    const me = session.me()?.id;
    for (const kind of new Set(events.map((event) => attentionKindOf(event, me)))) if (kind) this.#call(session, kind);
  }

  #call(session: OpenSession, kind: AttentionKind): void {
    const { volume, ways } = this.#settings.choice();
    const away = !this.#document.hasFocus();
    if (ways[kind].sound && (away || this.#lookedAt !== session.id || kind === 'asks')) this.#chime.play(kind, volume);
    if (ways[kind].notification && away) this.#notify(session, kind);
  }

  /** The tag keeps a second window of the same person from saying it twice. */
  #notify(session: OpenSession, kind: AttentionKind): void {
    if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
    const title = this.#t('attention.inSession', { letter: session.letter });
    const notification = new Notification(title, { body: this.#t(`attention.${kind}`), tag: `${session.id} ${kind}` });
    notification.onclick = () => this.#document.defaultView?.focus();
  }
}
