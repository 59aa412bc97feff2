import { Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import type { AudioDevices, JoinResult, TalkEvent } from '@deskside/media/browser';
import { commandId } from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { EMPTY, switchMap } from 'rxjs';
import { JoinAudioDocument, LeaveAudioDocument, SetMutedDocument } from '../../generated/graphql';
import { Media } from '../media/media';
import { CustomerSession } from '../session/customer-session';

export type VoiceRefusal = Exclude<Extract<JoinResult, { ok: false }>['reason'], 'stopped'>;

const noDevices: AudioDevices = {
  inputs: [],
  outputs: [],
  input: 'default',
  output: 'default',
  canChooseOutput: false,
};

/** Hearing and being heard: one press begins it, the log knows of it. */
@Injectable()
export class Voice {
  readonly #customer = inject(CustomerSession);
  readonly #media = inject(Media);
  #sent: Promise<unknown> = Promise.resolve();
  #presses = 0;

  readonly state = this.#media.watch((parts) => parts.talk.state, 'out');
  readonly muted = this.#media.watch((parts) => parts.talk.muted, false);
  readonly playback = this.#media.watch((parts) => parts.talk.playback, 'silent');
  readonly voices = this.#media.watch((parts) => parts.talk.voices, []);
  readonly level = this.#media.watch((parts) => parts.talk.ownLevel, 0);
  readonly devices = this.#media.watch((parts) => parts.talk.devices, noDevices);
  /** Why one is not heard; null when nothing stands in the way. */
  readonly refusal = signal<VoiceRefusal | null>(null);
  readonly failure = signal<Failure | null>(null);
  /** The last thing that happened by itself. */
  readonly happened = signal<TalkEvent | null>(null);
  /** As the log knows me in the talk, whatever this page does. */
  readonly place = computed(() => this.#customer.known()?.audio[this.#customer.place.participantId] ?? null);
  /** In the talk before a reload: one press leads back, since a browser plays nothing without one. */
  readonly mayComeBack = computed(() => this.state() === 'out' && this.place() !== null);

  constructor() {
    toObservable(this.#media.parts)
      .pipe(
        switchMap((parts) => parts?.talk.events ?? EMPTY),
        takeUntilDestroyed(),
      )
      .subscribe((event) => this.#note(event));
    let wasIn = false;
    effect(() => {
      const isIn = this.place() !== null;
      // Left in another window.
      if (wasIn && !isIn) untracked(this.#media.parts)?.talk.leave();
      wasIn = isIn;
    });
  }

  /** In the press: sound is unlocked and the microphone asked for, while the server gives the right. */
  async hearAndTalk(): Promise<void> {
    const parts = this.#media.parts();
    if (parts === null) return;
    this.#forget();
    const muted = this.place()?.muted ?? false;
    this.#presses++;
    const joining = parts.talk.join({ muted });
    const answer = await this.#customer.act(JoinAudioDocument, { commandId: commandId(), muted });
    if (!answer.ok) {
      parts.talk.leave();
      return this.failure.set(answer.failure);
    }
    const joined = await joining;
    if (joined.ok || joined.reason === 'stopped') return;
    this.refusal.set(joined.reason);
    this.#record(true);
  }

  /** The browser wants another press before it plays. */
  async hear(): Promise<void> {
    await this.#media.parts()?.talk.listen();
  }

  setMuted(muted: boolean): void {
    const talk = this.#media.parts()?.talk;
    if (muted) talk?.mute();
    else talk?.unmute();
    this.#record(muted);
  }

  stopTalking(): void {
    this.#forget();
    this.#media.parts()?.talk.leave();
    const variables = { commandId: commandId() };
    void this.#inTurn((isLast) => this.#customer.settle(LeaveAudioDocument, variables, isLast));
  }

  async chooseInput(id: string): Promise<void> {
    const result = await this.#media.parts()?.talk.chooseInput(id);
    if (result?.ok === false && result.reason !== 'stopped') this.refusal.set(result.reason);
  }

  chooseOutput(id: string): void {
    void this.#media.parts()?.talk.chooseOutput(id);
  }

  /** Names of devices are there only after the microphone was allowed. */
  async refreshDevices(): Promise<void> {
    await this.#media.parts()?.talk.refreshDevices();
  }

  #record(muted: boolean): void {
    const variables = { commandId: commandId(), muted };
    void this.#inTurn((isLast) => this.#customer.settle(SetMutedDocument, variables, isLast));
  }

  /** One after another, so that the last press is the last event. */
  #inTurn(send: (isLast: () => boolean) => Promise<unknown>): Promise<unknown> {
    const press = ++this.#presses;
    this.#sent = this.#sent.then(() => send(() => press === this.#presses));
    return this.#sent;
  }

  #note(event: TalkEvent): void {
    this.happened.set(event);
    if (event.type === 'microphoneLost') this.refusal.set(event.reason);
  }

  #forget(): void {
    this.refusal.set(null);
    this.failure.set(null);
    this.happened.set(null);
  }
}
