import type { RemoteTrack } from 'livekit-client';
import { Room, RoomEvent, Track } from 'livekit-client';
import { maySend } from '../connection/right-to-send';
import { captureConstraints, encodings, publishOptions } from '../screen/display-modes';
import './bench-screen';

/** LiveKit's client alone, with the product's options of the standard mode and nothing else of it. */
class BarePage {
  readonly #room = new Room();
  readonly #video = document.createElement('video');
  #track: MediaStreamTrack | undefined;
  /** When the track of the other went away; 0 since `show` or `see`. */
  goneAt = 0;

  constructor() {
    this.#video.muted = true;
    this.#room
      .on(RoomEvent.TrackSubscribed, (track) => this.#see(track))
      .on(RoomEvent.TrackUnsubscribed, () => (this.goneAt = Date.now()));
  }

  async join(url: string, token: string): Promise<void> {
    document.body.append(this.#video);
    await this.#room.connect(url, token);
  }

  leave(): Promise<void> {
    return this.#room.disconnect();
  }

  forget(): void {
    this.goneAt = 0;
  }

  /** Waits for the right to send, which may come after the join. */
  async show(): Promise<void> {
    const { localParticipant } = this.#room;
    await new Promise<void>((allowed) => {
      const look = (): void => {
        if (!maySend(localParticipant.permissions, Track.Source.ScreenShare)) return;
        this.#room.off(RoomEvent.ParticipantPermissionsChanged, look);
        allowed();
      };
      this.#room.on(RoomEvent.ParticipantPermissionsChanged, look);
      look();
    });
    const [track] = (await navigator.mediaDevices.getDisplayMedia()).getVideoTracks();
    if (track === undefined) throw new Error('Nothing was captured.');
    this.#track = track;
    track.contentHint = encodings.standard.contentHint;
    await track.applyConstraints(captureConstraints('standard'));
    await localParticipant.publishTrack(track, { ...publishOptions('standard'), source: Track.Source.ScreenShare });
  }

  async stop(): Promise<void> {
    if (this.#track === undefined) return;
    await this.#room.localParticipant.unpublishTrack(this.#track);
    this.#track.stop();
  }

  #see(track: RemoteTrack): void {
    // As the product: the newest picture at once, rather than an even flow of older ones.
    if (track.receiver !== undefined) track.receiver.jitterBufferTarget = 0;
    track.attach(this.#video);
  }
}

addEventListener('DOMContentLoaded', () => Object.assign(globalThis, { bare: new BarePage() }));
