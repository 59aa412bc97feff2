import { LocalVideoTrack, Room, TrackPublishOptions, TrackSource, VideoSource, dispose } from '@livekit/rtc-node';
import type { MediaSource } from '@deskside/media';

const trackSources = {
  screenShare: TrackSource.SOURCE_SCREENSHARE,
  microphone: TrackSource.SOURCE_MICROPHONE,
  camera: TrackSource.SOURCE_CAMERA,
} as const;

/** Somebody in a room, without a browser. */
export class Guest {
  readonly room = new Room();

  /** @param url `http:` or `ws:` */
  static async join(url: string, token: string): Promise<Guest> {
    const guest = new Guest();
    await guest.room.connect(url.replace(/^http/, 'ws'), token, { autoSubscribe: true, dynacast: false });
    return guest;
  }

  /** Sends a picture as if it came from there; settles when the server takes it, fails when it does not. */
  async publish(source: MediaSource): Promise<string> {
    const { localParticipant } = this.room;
    if (localParticipant === undefined) throw new Error('Nobody has joined.');
    const track = LocalVideoTrack.createVideoTrack(source, new VideoSource(64, 64));
    const options = new TrackPublishOptions({ source: trackSources[source], simulcast: false });
    const publication = await localParticipant.publishTrack(track, options);
    return publication.sid ?? '';
  }

  /** Sends it no more, as a page does once its capture has ended. */
  async unpublish(sid: string): Promise<void> {
    await this.room.localParticipant?.unpublishTrack(sid);
  }

  leave(): Promise<void> {
    return this.room.disconnect();
  }
}

/** Lets the process end: the library has threads of its own. */
export const endAllGuests = dispose;
