import { meterValue, rootMeanSquare } from './level';

const lookEveryMs = 50;

/** Measures a microphone 20 times a second until stopped. It hears a clone, so muting the track does not silence it. */
export class LevelMeter {
  readonly #clone: MediaStreamTrack;
  readonly #source: MediaStreamAudioSourceNode;
  readonly #timer: ReturnType<typeof setInterval>;

  /** @param heard called with a meter's value 0..1 */
  constructor(audio: AudioContext, track: MediaStreamTrack, heard: (level: number) => void) {
    this.#clone = track.clone();
    this.#clone.enabled = true;
    this.#source = audio.createMediaStreamSource(new MediaStream([this.#clone]));
    const analyser = audio.createAnalyser();
    analyser.fftSize = 2048;
    this.#source.connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.#timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      heard(meterValue(rootMeanSquare(samples)));
    }, lookEveryMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#source.disconnect();
    this.#clone.stop();
  }
}
