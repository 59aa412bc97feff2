import { signal } from '@angular/core';
import type { Signal } from '@angular/core';
import { MediaConnection, MediaRefused, MediaSeat, Talk, signallingUrl } from '@deskside/media/browser';
import type { Current, MediaAccess, ViewFigures } from '@deskside/media/browser';
import { rememberedText } from '@deskside/ui';
import type { Answer } from '@deskside/ui';
import type { Subscription } from 'rxjs';
import type { MediaAccessMutation } from '../../../generated/graphql';

type AskForAccess = () => Promise<Answer<MediaAccessMutation>>;

/** Refusals after which asking again is of no use. Everything else is tried again. */
const final: readonly string[] = ['SESSION_ENDED', 'SESSION_NOT_FOUND', 'NOT_A_PARTICIPANT', 'NOT_ALLOWED'];

/** Which microphone and loudspeaker this browser's person chose, in every session. */
export const deviceStore = {
  get: (key: string): string | null => rememberedText(`deskside.${key}`).read(),
  set: (key: string, value: string): void => rememberedText(`deskside.${key}`).write(value),
};

/** Picture and voice of one session in this window: the way to the media server, and the one seat among all windows. */
export class SessionMedia {
  readonly connection = new MediaConnection();
  readonly talk = new Talk(this.connection, { store: deviceStore });
  readonly seat: MediaSeat;
  readonly seatState: Signal<'none' | 'here' | 'elsewhere' | 'free'>;
  readonly connectionState: Signal<MediaConnection['state']['value']>;
  readonly talkState: Signal<Talk['state']['value']>;
  readonly muted: Signal<boolean>;
  readonly playback: Signal<Talk['playback']['value']>;
  readonly voices: Signal<Talk['voices']['value']>;
  readonly ownLevel: Signal<number>;
  /** Of the picture that is on the stage; null while there is none. */
  readonly figures = signal<ViewFigures | null>(null);
  readonly #ask: AskForAccess;
  readonly #subscriptions: Subscription[] = [];

  constructor(participantId: string, ask: AskForAccess) {
    this.#ask = ask;
    this.seat = new MediaSeat(participantId);
    this.seatState = this.#signalOf(this.seat.state);
    this.connectionState = this.#signalOf(this.connection.state);
    this.talkState = this.#signalOf(this.talk.state);
    this.muted = this.#signalOf(this.talk.muted);
    this.playback = this.#signalOf(this.talk.playback);
    this.voices = this.#signalOf(this.talk.voices);
    this.ownLevel = this.#signalOf(this.talk.ownLevel);
    this.#subscriptions.push(
      this.seat.state.subscribe((state) => {
        if (state === 'here') void this.connection.connect(() => this.#access());
        else this.#leave();
      }),
    );
  }

  /** Takes the place where no other window of mine has it, and goes to the media server. */
  async enter(): Promise<boolean> {
    return this.seat.take();
  }

  close(): void {
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
    this.#leave();
    this.talk.close();
    this.seat.close();
  }

  #leave(): void {
    this.talk.leave();
    this.figures.set(null);
    void this.connection.disconnect();
  }

  async #access(): Promise<MediaAccess> {
    const answer = await this.#ask();
    if (answer.ok) return { ...answer.data.mediaAccess, url: signallingUrl(location.origin) };
    const code = answer.failure.kind === 'refused' ? answer.failure.code : answer.failure.kind;
    throw final.includes(code) ? new MediaRefused(code) : new Error(`No media access yet: ${code}`);
  }

  #signalOf<T>(current: Current<T>): Signal<T> {
    const value = signal(current.value);
    this.#subscriptions.push(current.subscribe((next) => value.set(next)));
    return value.asReadonly();
  }
}
