import type { AttentionKind } from './attention-kind';

/** Two short notes each, so that they can be told apart without looking; frequencies in Hz. */
const notes: Readonly<Record<AttentionKind, readonly [number, number]>> = {
  joined: [523, 784],
  message: [660, 660],
  asks: [784, 988],
  answer: [587, 880],
  stopped: [587, 440],
  away: [523, 392],
  notSent: [440, 330],
  reported: [330, 330],
};

const noteSeconds = 0.12;

/** Played by the page itself: no file to fetch. A browser that allows no sound yet stays silent. */
export class Chime {
  #context: AudioContext | null = null;

  play(kind: AttentionKind, volume: number): void {
    if (volume === 0 || typeof AudioContext === 'undefined') return;
    this.#context ??= new AudioContext();
    const context = this.#context;
    if (context.state === 'suspended') void context.resume();
    notes[kind].forEach((frequency, index) => {
      const startsAt = context.currentTime + index * noteSeconds;
      const loudness = new GainNode(context, { gain: 0 });
      loudness.gain.linearRampToValueAtTime(volume * 0.5, startsAt + 0.01);
      loudness.gain.exponentialRampToValueAtTime(0.001, startsAt + noteSeconds * 1.6);
      const tone = new OscillatorNode(context, { frequency, type: 'sine' });
      tone.connect(loudness).connect(context.destination);
      tone.start(startsAt);
      tone.stop(startsAt + noteSeconds * 1.6);
    });
  }
}
