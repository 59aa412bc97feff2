import { Injectable, effect, inject, signal, untracked } from '@angular/core';
import { MatSnackBar } from '@angular/material/snack-bar';
import type { JoinResult, TalkEvent } from '@deskside/media/browser';
import { commandId, injectTexts, untilSettled } from '@deskside/ui';
import type { Answer } from '@deskside/ui';
import { JoinAudioDocument, LeaveAudioDocument, SetMutedDocument } from '../../../generated/graphql';
import { StaffRequests } from '../../sign-in/staff-requests';
import type { SessionMedia } from '../media/session-media';
import { SessionMedias } from '../media/session-medias';
import type { OpenSession } from '../open-sessions/open-session';
import { OpenSessions } from '../open-sessions/open-sessions';
import { RefusalNotice } from '../../refusals/refusal-notice';

export type MicrophoneTrouble = Extract<JoinResult, { ok: false }>['reason'];

const hintMs = 6_000;

/**
 * My voice in my sessions: in the page at once, and in the log. In one session at a time I am heard: joining another
 * mutes me in the first.
 */
@Injectable({ providedIn: 'root' })
export class Talking {
  readonly #requests = inject(StaffRequests);
  readonly #medias = inject(SessionMedias);
  readonly #sessions = inject(OpenSessions);
  readonly #notice = inject(RefusalNotice);
  readonly #snackBar = inject(MatSnackBar);
  readonly #t = injectTexts();
  readonly #trouble = signal<ReadonlyMap<string, MicrophoneTrouble>>(new Map());
  readonly #listened = new WeakSet<SessionMedia>();
  /** Sessions that this window has tried to come back to by itself. */
  readonly #resumed = new Set<string>();
  /** By session: what was pressed later replaces what the log has not taken yet. */
  readonly #lastPress = new Map<string, object>();

  constructor() {
    effect(() => {
      for (const session of this.#sessions.live()) {
        const media = this.#medias.of(session);
        if (media === undefined) continue;
        this.#listenTo(session, media);
        this.#comeBack(session, media);
      }
    });
  }

  /** Why nobody hears me, where that is so. */
  trouble(sessionId: string): MicrophoneTrouble | null {
    return this.#trouble().get(sessionId) ?? null;
  }

  isIn(session: OpenSession): boolean {
    const state = session.session();
    const me = session.me()?.id;
    return state.status === 'open' && me !== undefined && state.audio[me] !== undefined;
  }

  /** In the press: the browser asks for the microphone, and lets sound play. */
  async join(session: OpenSession): Promise<void> {
    const media = this.#medias.of(session);
    if (media === undefined || !(await media.enter())) return;
    this.#muteElsewhere(session);
    this.#lastPress.delete(session.id);
    const recorded = this.#requests.send(JoinAudioDocument, {
      commandId: commandId(),
      sessionId: session.id,
      muted: false,
    });
    const heard = await this.#speak(session, media, { muted: false });
    if (!this.#notice.say(await recorded)) media.talk.leave();
    else if (!heard) await this.#record(session, true);
  }

  async leave(session: OpenSession): Promise<void> {
    // Left is left, however long the log still has me in the talk.
    this.#resumed.add(session.id);
    this.#medias.of(session)?.talk.leave();
    this.#setTrouble(session.id, null);
    const variables = { commandId: commandId(), sessionId: session.id };
    await this.#settle(session.id, () => this.#requests.send(LeaveAudioDocument, variables));
  }

  async setMuted(session: OpenSession, muted: boolean): Promise<void> {
    const media = this.#medias.of(session);
    if (media === undefined) return;
    // Without a microphone there is nothing to switch on: it is asked for once more.
    if (!muted && media.talkState() === 'listening') return this.tryMicrophoneAgain(session);
    if (muted) media.talk.mute();
    else media.talk.unmute();
    if (!muted) this.#muteElsewhere(session);
    await this.#record(session, muted);
  }

  /** After the browser has allowed the microphone, or another one was chosen. */
  async tryMicrophoneAgain(session: OpenSession): Promise<void> {
    const media = this.#medias.of(session);
    if (media !== undefined && (await this.#speak(session, media, { muted: false })))
      await this.setMuted(session, false);
  }

  /** The other window of mine gives picture and voice to this one. */
  async moveHere(session: OpenSession): Promise<void> {
    const media = this.#medias.of(session);
    if (media === undefined) return;
    await media.seat.moveHere();
    if (this.isIn(session)) await this.#speak(session, media, { muted: this.#recordedMuted(session) });
  }

  /** @returns whether the others hear me; they are heard in any case */
  async #speak(session: OpenSession, media: SessionMedia, how: { readonly muted: boolean }): Promise<boolean> {
    const joined = await media.talk.join(how);
    this.#setTrouble(session.id, joined.ok || joined.reason === 'stopped' ? null : joined.reason);
    return joined.ok || joined.reason === 'stopped';
  }

  async #record({ id: sessionId }: OpenSession, muted: boolean): Promise<void> {
    const variables = { commandId: commandId(), sessionId, muted };
    await this.#settle(sessionId, () => this.#requests.send(SetMutedDocument, variables));
  }

  /** The page has done it already, so the log gets it as soon as it takes it. */
  async #settle(sessionId: string, send: () => Promise<Answer<unknown>>): Promise<void> {
    const press = {};
    const isWanted = (): boolean => this.#lastPress.get(sessionId) === press;
    this.#lastPress.set(sessionId, press);
    const answer = await untilSettled(send, { isWanted });
    if (isWanted()) this.#notice.say(answer);
  }

  /** After a reload one is in the talk still: this window goes on where the last one was. */
  #comeBack(session: OpenSession, media: SessionMedia): void {
    const due = media.seatState() === 'here' && media.talkState() === 'out' && this.isIn(session);
    if (!due || this.#resumed.has(session.id)) return;
    this.#resumed.add(session.id);
    untracked(() => void this.#speak(session, media, { muted: this.#recordedMuted(session) }));
  }

  #recordedMuted(session: OpenSession): boolean {
    const state = session.session();
    const me = session.me()?.id ?? '';
    return state.status === 'open' && state.audio[me]?.muted === true;
  }

  #muteElsewhere({ id }: OpenSession): void {
    for (const other of this.#sessions.live())
      if (other.id !== id && this.isIn(other) && !this.#recordedMuted(other)) void this.setMuted(other, true);
  }

  #listenTo(session: OpenSession, media: SessionMedia): void {
    if (this.#listened.has(media)) return;
    this.#listened.add(media);
    this.#resumed.delete(session.id);
    media.talk.events.subscribe((event) => this.#tell(session, event));
  }

  #tell(session: OpenSession, event: TalkEvent): void {
    switch (event.type) {
      case 'deviceReplaced': {
        const { kind, was, now } = event;
        this.#snackBar.open(this.#t(`console.audio.replaced.${kind}`, { was, now }), this.#t('app.close'));
        return;
      }
      case 'microphoneLost':
        return this.#setTrouble(session.id, event.reason);
      case 'rightRemoved':
        return this.#setTrouble(session.id, 'rightNotGiven');
      case 'speakingWhileMuted': {
        const hint = this.#snackBar.open(this.#t('console.audio.mutedHint'), this.#t('console.audio.unmute'), {
          duration: hintMs,
        });
        hint.onAction().subscribe(() => void this.setMuted(session, false));
      }
    }
  }

  #setTrouble(sessionId: string, trouble: MicrophoneTrouble | null): void {
    this.#trouble.update((all) => {
      const others = [...all].filter(([id]) => id !== sessionId);
      return new Map(trouble === null ? others : [...others, [sessionId, trouble]]);
    });
  }
}
