import type { LocalTrack, TrackPublishOptions } from 'livekit-client';
import { AudioPresets, LocalAudioTrack, Track } from 'livekit-client';
import { Subject } from 'rxjs';
import type { Publications, PublishResult, Wanted } from '../connection';

export type SpokenEnd = 'unplugged' | 'rightRemoved';

const speech: TrackPublishOptions = { audioPreset: AudioPresets.speech, dtx: true, red: true };

/** The open microphone in the room. It owns the capture: LiveKit neither stops nor reopens it. */
export class Speaking {
  readonly #publications: Publications;
  readonly #ended = new Subject<SpokenEnd>();
  readonly ended = this.#ended.asObservable();
  #wanted: Wanted | undefined;
  #local: LocalAudioTrack | undefined;
  #track: MediaStreamTrack | undefined;

  constructor(publications: Publications) {
    this.#publications = publications;
  }

  /** The microphone that is open. */
  get track(): MediaStreamTrack | undefined {
    return this.#track;
  }

  async begin(track: MediaStreamTrack, muted: boolean): Promise<PublishResult> {
    const local = new LocalAudioTrack(track, undefined, true);
    this.#watch(track);
    if (muted) void local.mute();
    // LiveKit's own types do not fit each other under exactOptionalPropertyTypes.
    const wanted: Wanted = { source: Track.Source.Microphone, track: local as LocalTrack, options: speech };
    this.#local = local;
    this.#wanted = wanted;
    this.#publications.changesOf(wanted).subscribe((now) => {
      if (now === 'rightRemoved' && this.#wanted === wanted) this.#ended.next('rightRemoved');
    });
    return this.#publications.publish(wanted);
  }

  async change(track: MediaStreamTrack, muted: boolean): Promise<void> {
    const before = this.#track;
    this.#watch(track);
    track.enabled = !muted;
    before?.stop();
    await this.#local?.replaceTrack(track, true).catch(() => undefined);
    // LiveKit mutes what has ended by itself.
    this.setMuted(muted);
  }

  setMuted(muted: boolean): void {
    // The samples first: what LiveKit does waits for its locks.
    if (this.#track !== undefined) this.#track.enabled = !muted;
    void (muted ? this.#local?.mute() : this.#local?.unmute());
  }

  end(): void {
    const wanted = this.#wanted;
    this.#track?.stop();
    this.#track = undefined;
    this.#wanted = undefined;
    this.#local = undefined;
    if (wanted !== undefined) void this.#publications.withdraw(wanted);
  }

  #watch(track: MediaStreamTrack): void {
    this.#track = track;
    track.addEventListener('ended', () => {
      if (this.#track === track) this.#ended.next('unplugged');
    });
  }
}
