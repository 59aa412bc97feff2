import type { MediaRights, MediaSource } from '@deskside/media';

/** A token by which one participant enters one room. */
export interface TokenRequest {
  /** The session's id; never a name. */
  readonly room: string;
  /** The participant's id; never a name. */
  readonly identity: string;
  /** The least that he needs on entering: an old token brings its rights back, so what needs consent is raised later. */
  readonly rights: MediaRights;
  /** How long the token opens the room, seconds. */
  readonly ttlSeconds: number;
  /** Nobody else is told that he is there. */
  readonly hidden?: boolean;
}

/** For whom a token that the API has issued, or the media server has renewed, opens which room. */
export interface TokenHolder {
  readonly room: string;
  readonly identity: string;
}

/** Somebody whom the media server knows in a room, as it says itself. */
export interface MediaParticipant {
  readonly identity: string;
  readonly rights: MediaRights;
  readonly tracks: readonly MediaTrack[];
}

export interface MediaTrack {
  /** The media server's own name of the track. */
  readonly sid: string;
  readonly kind: 'audio' | 'video' | 'data';
  /** Null for sound of a shared screen and whatever else is no source of ours. */
  readonly source: MediaSource | null;
  readonly muted: boolean;
}

/** What the media server tells by itself: late, twice, out of order or not at all. It is a reason to look, no fact. */
export interface MediaEvent {
  /** The same when it is told twice. */
  readonly id: string;
  readonly type: MediaEventType;
  readonly room: string | null;
  readonly identity: string | null;
  readonly track: MediaTrack | null;
}

export const mediaEventTypes = [
  'roomStarted',
  'roomFinished',
  'participantJoined',
  'participantLeft',
  'trackPublished',
  'trackUnpublished',
  'other',
] as const;
export type MediaEventType = (typeof mediaEventTypes)[number];

/**
 * `MEDIA_UNAVAILABLE`: no answer in time, or none at all; nothing is known about what was asked.
 * `MEDIA_NOT_FOUND`: there is no such room, or nobody of that identity in it.
 * `MEDIA_REFUSED`: it understood and said no, as with a wrong key.
 */
export type MediaFailureCode = 'MEDIA_UNAVAILABLE' | 'MEDIA_NOT_FOUND' | 'MEDIA_REFUSED';

/** What the media server could not be asked for. */
export class MediaFailure extends Error {
  readonly code: MediaFailureCode;

  constructor(code: MediaFailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MediaFailure';
    this.code = code;
  }
}

/** The server that carries picture and sound. One room a session. Every call @throws MediaFailure. */
export interface MediaServer {
  /** Makes the room unless it is there. */
  ensureRoom(room: string): Promise<void>;
  issueToken(request: TokenRequest): Promise<string>;
  /** @returns null for what our key has not signed, for what has run out, and for what lets nobody into a room */
  verifyToken(token: string): Promise<TokenHolder | null>;
  /** Replaces all rights of a participant and answers once the server has them. */
  setRights(room: string, identity: string, rights: MediaRights): Promise<void>;
  /** What the server lets him do now; null when he is not in the room. */
  readRights(room: string, identity: string): Promise<MediaRights | null>;
  /** Empty when there is no such room. */
  participants(room: string): Promise<readonly MediaParticipant[]>;
  /** Does nothing when he is gone already. */
  removeParticipant(room: string, identity: string): Promise<void>;
  listRooms(): Promise<readonly string[]>;
  /** Puts everybody out. Does nothing when there is no such room. */
  closeRoom(room: string): Promise<void>;
  /** @param body exactly the bytes that came. @returns null when the server has not signed them */
  verifyWebhook(body: string, authorization: string | undefined): Promise<MediaEvent | null>;
}
