import type { Observable } from 'rxjs';
import { BehaviorSubject, Subject } from 'rxjs';
import type { MediaConnection } from '../connection';
import type { Current } from '../current';
import type { AudioDevices, DeviceGone, DeviceKind, DeviceStore } from './audio-devices';
import { DeviceChoice } from './audio-devices';
import type { Playback, Voice } from './hearing';
import { Hearing } from './hearing';
import { LevelMeter } from './level-meter';
import type { MicrophoneRefusal } from './microphone';
import { defaultDevice, openMicrophone } from './microphone';
import type { SpokenEnd } from './speaking';
import { Speaking } from './speaking';
import { WordsWhileMuted } from './words-while-muted';

/** `rightNotGiven`: the media server did not let the microphone in within ten seconds. */
export type JoinResult =
  { readonly ok: true } | { readonly ok: false; readonly reason: MicrophoneRefusal | 'rightNotGiven' | 'stopped' };

/** `listening`: hears and has no microphone open. */
export type TalkState = 'out' | 'joining' | 'listening' | 'in';

export type TalkEvent =
  /** An unplugged device was replaced; labels of both. */
  | { readonly type: 'deviceReplaced'; readonly kind: DeviceKind; readonly was: string; readonly now: string }
  /** The microphone is gone and nothing could replace it. */
  | { readonly type: 'microphoneLost'; readonly reason: MicrophoneRefusal }
  /** The media server does not let the microphone in any more. */
  | { readonly type: 'rightRemoved' }
  /** At most every ten seconds. */
  | { readonly type: 'speakingWhileMuted' };

/** One participant's voice in the session: heard, and hearing, from one press on. */
export class Talk {
  readonly #state = new BehaviorSubject<TalkState>('out');
  readonly #muted = new BehaviorSubject(false);
  readonly #ownLevel = new BehaviorSubject(0);
  readonly #events = new Subject<TalkEvent>();
  readonly #choice: DeviceChoice;
  readonly #hearing: Hearing;
  readonly #speaking: Speaking;
  readonly #connection: MediaConnection;
  readonly state: Current<TalkState> = this.#state;
  readonly muted: Current<boolean> = this.#muted;
  readonly playback: Current<Playback>;
  /** The others who have a microphone in the room. */
  readonly voices: Current<readonly Voice[]>;
  /** A meter's value 0..1, also while muted. */
  readonly ownLevel: Current<number> = this.#ownLevel;
  readonly devices: Current<AudioDevices>;
  readonly events: Observable<TalkEvent> = this.#events;
  #audio: AudioContext | undefined;
  #meter: LevelMeter | undefined;
  #joining: Promise<JoinResult> | undefined;
  readonly #wordsWhileMuted = new WordsWhileMuted();

  constructor(connection: MediaConnection, options: { readonly store?: DeviceStore } = {}) {
    this.#connection = connection;
    this.#choice = new DeviceChoice(options.store);
    this.#hearing = new Hearing(connection.room);
    this.#speaking = new Speaking(connection.publications);
    this.devices = this.#choice.devices;
    this.playback = this.#hearing.playback;
    this.voices = this.#hearing.voices;
    this.#choice.gone.subscribe((gone) => void this.#replace(gone));
    this.#speaking.ended.subscribe((end) => void this.#microphoneEnded(end));
    void this.#choice.refresh();
  }

  /**
   * In the press "Hear and talk": unlocks sound, asks for the microphone and publishes it, waiting up to ten seconds for
   * the media server to be given the right. Without a microphone the others are heard all the same: `listening`.
   */
  async join(options: { readonly muted?: boolean } = {}): Promise<JoinResult> {
    if (this.#state.value === 'in') return { ok: true };
    this.#joining ??= this.#join(options.muted ?? false).finally(() => (this.#joining = undefined));
    return this.#joining;
  }

  async #join(muted: boolean): Promise<JoinResult> {
    this.#state.next('joining');
    this.#muted.next(muted);
    this.#audio ??= new AudioContext();
    void this.#audio.resume();
    void this.#hearing.start();
    const result = await this.#open(this.devices.value.input);
    if (this.#isJoining()) this.#state.next(result.ok ? 'in' : 'listening');
    return result;
  }

  /** In a press of the user: hears the others, and opens no microphone. */
  async listen(): Promise<void> {
    await this.#hearing.start();
    if (this.#state.value === 'out') this.#state.next('listening');
  }

  /** The microphone is off, and the others are silent, when this returns. */
  leave(): void {
    this.#state.next('out');
    this.#hearing.stop();
    this.#close();
  }

  /** Not a sample is sent from here on; at the far end it is silent once what is on the way has arrived. */
  mute(): void {
    this.#muted.next(true);
    this.#speaking.setMuted(true);
  }

  unmute(): void {
    this.#muted.next(false);
    this.#speaking.setMuted(false);
  }

  /** Remembered. Takes effect at once when the microphone is open. */
  async chooseInput(id: string): Promise<JoinResult> {
    this.#choice.choose('input', id);
    return this.#speaking.track === undefined ? { ok: true } : this.#change(id);
  }

  /** Remembered. Does nothing where the browser chooses: `devices.canChooseOutput`. */
  async chooseOutput(id: string): Promise<void> {
    if (!this.devices.value.canChooseOutput) return;
    this.#choice.choose('output', id);
    await this.#connection.room.switchActiveDevice('audiooutput', id).catch(() => undefined);
  }

  async refreshDevices(): Promise<void> {
    await this.#choice.refresh();
  }

  /** Leaves, and lets go of everything. */
  close(): void {
    this.leave();
    this.#hearing.close();
    this.#choice.close();
    void this.#audio?.close();
    this.#audio = undefined;
  }

  /** Asked again after each wait: the user may have left meanwhile. */
  #isJoining(): boolean {
    return this.#state.value === 'joining';
  }

  async #open(deviceId: string): Promise<JoinResult> {
    const microphone = await openMicrophone(deviceId);
    if (!microphone.ok) return microphone;
    if (!this.#isJoining()) {
      microphone.track.stop();
      return { ok: false, reason: 'stopped' };
    }
    this.#listenTo(microphone.track);
    void this.#choice.refresh();
    if (this.devices.value.output !== defaultDevice) void this.chooseOutput(this.devices.value.output);
    const published = await this.#speaking.begin(microphone.track, this.#muted.value);
    if (!published.ok) this.#close();
    return published;
  }

  /** Another microphone in place of the one that is open; nobody at the far end notices more than the sound. */
  async #change(deviceId: string): Promise<JoinResult> {
    const microphone = await openMicrophone(deviceId);
    if (!microphone.ok) return microphone;
    this.#listenTo(microphone.track);
    await this.#speaking.change(microphone.track, this.#muted.value);
    void this.#choice.refresh();
    return { ok: true };
  }

  #close(): void {
    this.#meter?.stop();
    this.#meter = undefined;
    this.#ownLevel.next(0);
    this.#speaking.end();
  }

  async #microphoneEnded(end: SpokenEnd): Promise<void> {
    if (end === 'unplugged') return this.#replace({ kind: 'input', was: this.#labelInUse() });
    this.#close();
    this.#state.next('listening');
    this.#events.next({ type: 'rightRemoved' });
  }

  async #replace({ kind, was }: DeviceGone): Promise<void> {
    if (kind === 'input' && this.#speaking.track === undefined) return this.#choice.use(kind, defaultDevice);
    this.#choice.use(kind, defaultDevice);
    const result = kind === 'input' ? await this.#change(defaultDevice) : await this.#changeOutput();
    await this.#choice.refresh();
    if (result.ok) this.#events.next({ type: 'deviceReplaced', kind, was, now: this.#labelNow(kind) });
    else this.#lose(result.reason as MicrophoneRefusal);
  }

  async #changeOutput(): Promise<JoinResult> {
    await this.#connection.room.switchActiveDevice('audiooutput', defaultDevice).catch(() => undefined);
    return { ok: true };
  }

  #lose(reason: MicrophoneRefusal): void {
    this.#close();
    this.#state.next('listening');
    this.#events.next({ type: 'microphoneLost', reason });
  }

  #labelInUse(): string {
    return this.#speaking.track?.label ?? '';
  }

  #labelNow(kind: DeviceKind): string {
    return kind === 'input' ? this.#labelInUse() : this.#choice.labelOf('output', defaultDevice);
  }

  #listenTo(track: MediaStreamTrack): void {
    this.#meter?.stop();
    this.#meter =
      this.#audio === undefined ? undefined : new LevelMeter(this.#audio, track, (level) => this.#heard(level));
  }

  #heard(level: number): void {
    this.#ownLevel.next(level);
    if (this.#wordsWhileMuted.heard(level, this.#muted.value, performance.now()))
      this.#events.next({ type: 'speakingWhileMuted' });
  }
}
