import type { ParticipantTrackPermission, Room } from 'livekit-client';
import { ConnectionState, RoomEvent, Track } from 'livekit-client';

/**
 * Who may receive what this participant sends: while he shows a screen, only the named viewers may have every track of
 * his, and the others his microphone alone. The media server refuses a subscription against it.
 */
export class Audience {
  readonly #room: Room;
  #viewers: readonly string[] | null = null;
  /** Whether this room was told of a restriction that has not been lifted. */
  #isRestricted = false;

  constructor(room: Room) {
    this.#room = room;
    room
      .on(RoomEvent.Connected, () => this.#tell())
      .on(RoomEvent.Reconnected, () => this.#tell())
      .on(RoomEvent.ParticipantConnected, () => this.#tell())
      .on(RoomEvent.LocalTrackPublished, () => this.#tell());
  }

  /** Set it before the screen is published: the server then has no moment in which it would hand it to anybody else. */
  restrictTo(viewers: readonly string[]): void {
    this.#viewers = [...viewers];
    this.#tell();
  }

  /** Everybody may receive everything again. Only after the screen is unpublished. */
  open(): void {
    this.#viewers = null;
    this.#tell();
  }

  #tell(): void {
    const { state, localParticipant } = this.#room;
    // LiveKit's client cannot say it yet; `Connected` comes here again.
    if (state === ConnectionState.Connecting) return;
    if (this.#viewers !== null) {
      localParticipant.setTrackSubscriptionPermissions(false, this.#permissions(this.#viewers));
      this.#isRestricted = true;
    } else if (this.#isRestricted) {
      localParticipant.setTrackSubscriptionPermissions(true);
      this.#isRestricted = false;
    }
  }

  #permissions(viewers: readonly string[]): ParticipantTrackPermission[] {
    const { localParticipant, remoteParticipants } = this.#room;
    const allowedTrackSids = [...localParticipant.trackPublications.values()]
      .filter(({ source }) => source === Track.Source.Microphone)
      .map(({ trackSid }) => trackSid);
    const others = [...remoteParticipants.keys()].filter((identity) => !viewers.includes(identity));
    return [
      ...viewers.map((participantIdentity) => ({ participantIdentity, allowAll: true })),
      ...others.map((participantIdentity) => ({ participantIdentity, allowAll: false, allowedTrackSids })),
    ];
  }
}
