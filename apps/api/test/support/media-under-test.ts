import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccessToken } from 'livekit-server-sdk';
import type { MediaRights } from '@deskside/media';
import { MediaFailure } from '@deskside/media/server';
import type { MediaParticipant, MediaServer } from '@deskside/media/server';
import { Guest, newFolder, PlantUnderTest, removeFolder } from '@deskside/media/server/testing';
import { ApiUnderTest } from './api-under-test';
import { newId } from './people';
import { until } from './until';

interface Keys {
  readonly apiKey: string;
  readonly apiSecret: string;
}

export interface Told {
  readonly id?: string;
  readonly event?: string;
  readonly room: string;
  readonly identity: string;
}

/**
 * A real LiveKit beside the API, which knows it as one that somebody else runs: it lives on when the API ends, and tells
 * the API nothing, so that each test tells what it wants to, when it wants to.
 */
export class MediaUnderTest {
  readonly #folder = newFolder();
  readonly plant = PlantUnderTest.start({ dataDir: this.#folder });
  /** Where LiveKit itself answers. */
  url = '';

  static async start(): Promise<MediaUnderTest> {
    const media = new MediaUnderTest();
    media.url = await media.plant.ready();
    return media;
  }

  get server(): MediaServer {
    return this.plant.plant.server;
  }

  get keys(): Keys {
    return JSON.parse(readFileSync(join(this.#folder, 'media/keys.json'), 'utf8')) as Keys;
  }

  get settings(): Readonly<Record<string, string>> {
    const { apiKey, apiSecret } = this.keys;
    return {
      DESKSIDE_MEDIA: 'auto',
      DESKSIDE_LIVEKIT_URL: this.url,
      DESKSIDE_LIVEKIT_API_KEY: apiKey,
      DESKSIDE_LIVEKIT_API_SECRET: apiSecret,
    };
  }

  /** An API that has found this media server. */
  async api(dataDir?: string): Promise<ApiUnderTest> {
    const settings = this.settings;
    const api = await ApiUnderTest.start(dataDir === undefined ? { settings } : { settings, dataDir });
    await until('the API has found the media server', () => api.node.media.state.status === 'ready');
    return api;
  }

  /** Tells the API as LiveKit would. @returns the status of its answer */
  async tell(
    api: ApiUnderTest,
    { id = newId(), event = 'participant_joined', room, identity }: Told,
    keys = this.keys,
  ): Promise<number> {
    const body = JSON.stringify({ id, event, room: { name: room }, participant: { identity } });
    const token = new AccessToken(keys.apiKey, keys.apiSecret, { ttl: 60 });
    token.sha256 = createHash('sha256').update(body).digest('base64');
    const headers = { 'content-type': 'application/webhook+json', authorization: await token.toJwt() };
    return (await fetch(`${api.url}/media/webhook`, { method: 'POST', headers, body })).status;
  }

  async close(): Promise<void> {
    await this.plant.plant.close();
    removeFolder(this.#folder);
  }

  async inRoom(room: string, identity: string): Promise<MediaParticipant | undefined> {
    const participants = await answered(() => this.server.participants(room));
    return participants.find((participant) => participant.identity === identity);
  }

  /** Settles when the media server lets him do exactly this. @returns after how many milliseconds */
  async has(room: string, identity: string, rights: MediaRights, withinMs?: number): Promise<number> {
    const begun = performance.now();
    const wanted = JSON.stringify(rights);
    const isSo = async (): Promise<boolean> => JSON.stringify((await this.inRoom(room, identity))?.rights) === wanted;
    await until(`${identity} has ${wanted}`, isSo, withinMs);
    return Math.round(performance.now() - begun);
  }
}

/** What the media server says once it answers: with a dozen guests on a busy machine it may take longer than one question. */
export async function answered<T>(ask: () => Promise<T>): Promise<T> {
  const answers: T[] = [];
  await until('the media server answers', async () => {
    await ask().then((answer) => answers.push(answer), passOverSilence);
    return answers.length > 0;
  });
  return answers[0] as T;
}

function passOverSilence(error: unknown): void {
  if (!(error instanceof MediaFailure && error.code === 'MEDIA_UNAVAILABLE')) throw error;
}

/** A token for the room, asked of the API as a page asks for it. */
export async function ticketOf(
  person: { ask(name: string, variables?: object): Promise<{ value: unknown; text: string }> },
  sessionId?: string,
): Promise<string> {
  const { value, text } = await person.ask('mediaAccess', sessionId === undefined ? {} : { sessionId });
  const token = (value as { token?: string } | null)?.token;
  if (token === undefined) throw new Error(`No token: ${text}`);
  return token;
}

/** Through the API's own door, as browsers go, or another one. */
export async function enter(api: ApiUnderTest, token: string, door = `${api.url}/media`): Promise<Guest> {
  return Guest.join(door, token);
}
