import { BehaviorSubject } from 'rxjs';
import type { Current } from '../current';
import type { AudioDevices, DeviceStore } from './audio-devices';
import { DeviceChoice } from './audio-devices';
import { LevelMeter } from './level-meter';
import type { MicrophoneRefusal } from './microphone';
import { openMicrophone } from './microphone';

const toneSeconds = 0.6;
const toneHertz = 440;
const fadeSeconds = 0.05;

/** Tries microphone and loudspeaker before anybody hears it: needs no connection and publishes nothing. */
export class DeviceTest {
  readonly #choice: DeviceChoice;
  readonly #level = new BehaviorSubject(0);
  /** A meter's value 0..1 of the microphone. */
  readonly level: Current<number> = this.#level;
  readonly devices: Current<AudioDevices>;
  #audio: AudioContext | undefined;
  #track: MediaStreamTrack | undefined;
  #meter: LevelMeter | undefined;

  constructor(options: { readonly store?: DeviceStore } = {}) {
    this.#choice = new DeviceChoice(options.store);
    this.devices = this.#choice.devices;
  }

  /** In a press of the user. @param deviceId the chosen one when left out */
  async start(
    deviceId = this.devices.value.input,
  ): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: MicrophoneRefusal }> {
    this.#stopListening();
    const audio = this.#context();
    const microphone = await openMicrophone(deviceId);
    if (!microphone.ok) return microphone;
    this.#track = microphone.track;
    this.#meter = new LevelMeter(audio, microphone.track, (level) => this.#level.next(level));
    await this.#choice.refresh();
    return { ok: true };
  }

  /** A soft tone of 0.6 s. @returns when it is over */
  async playTone(outputId = this.devices.value.output): Promise<void> {
    const audio = this.#context();
    const { tone, gain } = softTone(audio);
    const stream = audio.createMediaStreamDestination();
    gain.connect(stream);
    const element = new Audio();
    element.srcObject = stream.stream;
    if ('setSinkId' in element) await element.setSinkId(outputId).catch(() => undefined);
    await element.play();
    const over = new Promise<void>((resolve) => tone.addEventListener('ended', () => resolve()));
    tone.start();
    tone.stop(audio.currentTime + toneSeconds);
    await over;
    element.srcObject = null;
  }

  stop(): void {
    this.#stopListening();
    this.#choice.close();
    void this.#audio?.close();
    this.#audio = undefined;
  }

  #context(): AudioContext {
    this.#audio ??= new AudioContext();
    void this.#audio.resume();
    return this.#audio;
  }

  #stopListening(): void {
    this.#meter?.stop();
    this.#track?.stop();
    this.#meter = undefined;
    this.#track = undefined;
    this.#level.next(0);
  }
}

function softTone(audio: AudioContext): { tone: OscillatorNode; gain: GainNode } {
  const tone = new OscillatorNode(audio, { frequency: toneHertz });
  const gain = new GainNode(audio, { gain: 0 });
  const begin = audio.currentTime;
  gain.gain.linearRampToValueAtTime(0.3, begin + fadeSeconds);
  gain.gain.setValueAtTime(0.3, begin + toneSeconds - fadeSeconds);
  gain.gain.linearRampToValueAtTime(0, begin + toneSeconds);
  tone.connect(gain);
  return { tone, gain };
}
