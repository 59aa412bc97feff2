import { AccessToken, RoomServiceClient, TokenVerifier, WebhookReceiver } from 'livekit-server-sdk';
import type { MediaRights } from '@deskside/media';
import { MediaFailure } from '../media-server';
import type { MediaEvent, MediaParticipant, MediaServer, TokenHolder, TokenRequest } from '../media-server';
import { failureOf } from './failure';
import { participantOf } from './participant';
import { permissionOf, rightsOf } from './permission';
import { mediaEventOf } from './webhook-event';

/** Where a LiveKit answers, and the key by which it knows us. */
export interface LiveKitConnection {
  /** `http:` or `https:`, without a path. */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}

export interface LiveKitServerOptions {
  /** How long one call may take, milliseconds. */
  readonly timeout?: number;
}

/** How far its clock may be from ours, seconds; LiveKit itself bears as much. */
const clockTolerance = 60;
/** How long a room waits for somebody, seconds: an hour that nobody uses it is cheap, a room that is gone is not. */
const roomWaits = { emptyTimeout: 3600, departureTimeout: 600 };

/** LiveKit through its own SDK. */
export class LiveKitServer implements MediaServer {
  readonly #connection: () => LiveKitConnection | null;
  readonly #timeout: number;

  /** @param connection is asked at each call; null while there is no server */
  constructor(connection: () => LiveKitConnection | null, { timeout = 5000 }: LiveKitServerOptions = {}) {
    this.#connection = connection;
    this.#timeout = timeout;
  }

  async ensureRoom(room: string): Promise<void> {
    // Creating a room that is there answers with it and changes nothing.
    await this.#ask((rooms) => rooms.createRoom({ name: room, ...roomWaits }));
  }

  async issueToken({ room, identity, rights, ttlSeconds, hidden = false }: TokenRequest): Promise<string> {
    const { apiKey, apiSecret } = this.#server();
    const token = new AccessToken(apiKey, apiSecret, { identity, ttl: ttlSeconds });
    token.addGrant({ roomJoin: true, room, ...permissionOf(rights), canUpdateOwnMetadata: false, hidden });
    return token.toJwt();
  }

  async verifyToken(token: string): Promise<TokenHolder | null> {
    const { apiKey, apiSecret } = this.#server();
    try {
      const { sub, video } = await new TokenVerifier(apiKey, apiSecret).verify(token, clockTolerance);
      return sub && video?.roomJoin && video.room ? { room: video.room, identity: sub } : null;
    } catch {
      // Not a token, forged, or too old: nothing to tell apart.
      return null;
    }
  }

  async setRights(room: string, identity: string, rights: MediaRights): Promise<void> {
    await this.#ask(async (rooms) => {
      // The permission is replaced as a whole: whoever came unseen must not become visible by it.
      const { permission } = await rooms.getParticipant(room, identity);
      const hidden = permission?.hidden ?? false;
      await rooms.updateParticipant(room, identity, { permission: { ...permissionOf(rights), hidden } });
    });
  }

  async readRights(room: string, identity: string): Promise<MediaRights | null> {
    const participant = await this.#askUnlessGone((rooms) => rooms.getParticipant(room, identity));
    return participant === null ? null : rightsOf(participant.permission);
  }

  async participants(room: string): Promise<readonly MediaParticipant[]> {
    const found = await this.#askUnlessGone((rooms) => rooms.listParticipants(room));
    return (found ?? []).map(participantOf);
  }

  async removeParticipant(room: string, identity: string): Promise<void> {
    await this.#askUnlessGone((rooms) => rooms.removeParticipant(room, identity));
  }

  async listRooms(): Promise<readonly string[]> {
    const rooms = await this.#ask((client) => client.listRooms());
    return rooms.map(({ name }) => name);
  }

  async closeRoom(room: string): Promise<void> {
    await this.#askUnlessGone((rooms) => rooms.deleteRoom(room));
  }

  async verifyWebhook(body: string, authorization: string | undefined): Promise<MediaEvent | null> {
    const { apiKey, apiSecret } = this.#server();
    try {
      return mediaEventOf(await new WebhookReceiver(apiKey, apiSecret).receive(body, authorization));
    } catch {
      // Unsigned, signed by somebody else or for another body, too old, or no event at all: nothing to tell apart.
      return null;
    }
  }

  #server(): LiveKitConnection {
    const connection = this.#connection();
    if (connection === null) throw new MediaFailure('MEDIA_UNAVAILABLE', 'The media server is not ready.');
    return connection;
  }

  async #ask<T>(call: (rooms: RoomServiceClient) => Promise<T>): Promise<T> {
    const { url, apiKey, apiSecret } = this.#server();
    // Another region is nothing that a server of one's own has.
    const options = { requestTimeout: this.#timeout / 1000, failover: false };
    try {
      return await call(new RoomServiceClient(url, apiKey, apiSecret, options));
    } catch (error) {
      throw failureOf(error);
    }
  }

  async #askUnlessGone<T>(call: (rooms: RoomServiceClient) => Promise<T>): Promise<T | null> {
    try {
      return await this.#ask(call);
    } catch (error) {
      if (error instanceof MediaFailure && error.code === 'MEDIA_NOT_FOUND') return null;
      throw error;
    }
  }
}
