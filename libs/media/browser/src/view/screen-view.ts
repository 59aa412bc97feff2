import type { RemoteTrackPublication, RemoteVideoTrack } from 'livekit-client';
import { ConnectionState, RoomEvent, Track } from 'livekit-client';
import { BehaviorSubject } from 'rxjs';
import type { MediaConnection } from '../connection';
import type { Current } from '../current';
import type { Reading, ViewFigures } from './figures';
import { figuresBetween, noFigures, readingOf } from './figures';

/** `waiting`: a screen is shown and its first picture is on the way. `interrupted`: pictures came and come no more. */
export type ViewState = 'absent' | 'waiting' | 'live' | 'interrupted';

const lookEveryMs = 1000;
/** A still screen is sent about once a second, so three without a byte are an interruption. */
const silentLooks = 3;

const watched = [
  RoomEvent.TrackPublished,
  RoomEvent.TrackUnpublished,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.TrackSubscriptionPermissionChanged,
  RoomEvent.ParticipantDisconnected,
  RoomEvent.ConnectionStateChanged,
] as const;

/** The screen that one participant shows, in a video element. */
export class ScreenView {
  readonly #connection: MediaConnection;
  readonly #identity: string;
  readonly #video: HTMLVideoElement;
  readonly #state = new BehaviorSubject<ViewState>('absent');
  readonly #figures = new BehaviorSubject<ViewFigures>(noFigures);
  readonly #firstFrameMs = new BehaviorSubject<number | null>(null);
  readonly state: Current<ViewState> = this.#state;
  /** Once a second. */
  readonly figures: Current<ViewFigures> = this.#figures;
  /** From the track's announcement to its first picture, ms. */
  readonly firstFrameMs: Current<number | null> = this.#firstFrameMs;
  readonly #timer: ReturnType<typeof setInterval>;
  #track: RemoteVideoTrack | undefined;
  #announcedAt = 0;
  #last: Reading | null = null;
  #silent = 0;

  constructor(connection: MediaConnection, of: { readonly identity: string; readonly video: HTMLVideoElement }) {
    this.#connection = connection;
    this.#identity = of.identity;
    this.#video = of.video;
    this.#video.muted = true;
    this.#video.playsInline = true;
    for (const event of watched) connection.room.on(event, this.#compare);
    this.#timer = setInterval(() => void this.#look(), lookEveryMs);
    this.#compare();
  }

  close(): void {
    clearInterval(this.#timer);
    for (const event of watched) this.#connection.room.off(event, this.#compare);
    this.#release();
    this.#state.next('absent');
  }

  readonly #compare = (): void => {
    const publication = this.#publication();
    if (publication === undefined) return this.#vanished();
    if (this.#announcedAt === 0) this.#announcedAt = performance.now();
    const { videoTrack: track } = publication;
    if (track === undefined) return this.#waitFor();
    if (track !== this.#track) this.#show(track as RemoteVideoTrack);
  };

  #publication(): RemoteTrackPublication | undefined {
    return this.#connection.room.remoteParticipants
      .get(this.#identity)
      ?.getTrackPublication(Track.Source.ScreenShare) as RemoteTrackPublication | undefined;
  }

  #vanished(): void {
    const mended = this.#connection.room.state !== ConnectionState.Connected && this.#state.value !== 'absent';
    this.#release();
    this.#announcedAt = 0;
    this.#state.next(mended && this.#connection.state.value !== 'idle' ? 'interrupted' : 'absent');
  }

  #waitFor(): void {
    if (this.#track === undefined) return this.#state.next('waiting');
    this.#release();
    this.#state.next('interrupted');
  }

  #show(track: RemoteVideoTrack): void {
    this.#release();
    this.#track = track;
    this.#state.next('waiting');
    // The newest picture at once, rather than an even flow of older ones.
    if (track.receiver !== undefined) track.receiver.jitterBufferTarget = 0;
    track.attach(this.#video);
    this.#video.requestVideoFrameCallback(() => {
      if (this.#track !== track) return;
      this.#firstFrameMs.next(Math.round(performance.now() - this.#announcedAt));
      this.#state.next('live');
    });
  }

  #release(): void {
    this.#track?.detach(this.#video);
    this.#track = undefined;
    this.#last = null;
    this.#silent = 0;
    this.#figures.next(noFigures);
  }

  async #look(): Promise<void> {
    const track = this.#track;
    const stats = await track?.receiver?.getStats().catch(() => undefined);
    if (stats === undefined || track !== this.#track) return;
    const reading = readingOf(stats.values() as Iterable<Record<string, unknown>>, performance.now());
    const last = this.#last;
    this.#last = reading;
    if (reading !== null && last !== null) this.#judge(last, reading);
  }

  #judge(last: Reading, now: Reading): void {
    this.#figures.next(figuresBetween(last, now));
    this.#silent = now.bytes > last.bytes ? 0 : this.#silent + 1;
    if (this.#state.value === 'live' && this.#silent >= silentLooks) this.#state.next('interrupted');
    if (this.#state.value === 'interrupted' && now.frames > last.frames) this.#state.next('live');
  }
}
