import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk';
import { csrsAtWork } from '../live/people';
import { ServerProcess } from '../live/server-process';
import { StaffDesk } from './staff-desk';
import { until } from './until';

const provisioningMs = 300_000;

/** The built product with its own media server, and one CSR at work in it. */
export class Site {
  readonly #dataDir = mkdtempSync(join(tmpdir(), 'deskside-bench-media-'));
  readonly #server = new ServerProcess(this.#dataDir, 20_000 + Math.floor(Math.random() * 12_000), {});
  #desk: StaffDesk | undefined;

  get origin(): string {
    return this.#server.origin;
  }

  get desk(): StaffDesk {
    if (this.#desk === undefined) throw new Error('The site has not begun.');
    return this.#desk;
  }

  /** Settles when somebody can be let into a room. */
  async begin(): Promise<void> {
    await this.#server.start();
    if (this.#server.administrator === undefined) throw new Error('The server showed no first administrator.');
    const [csr] = await csrsAtWork(this.origin, this.#server.administrator, 1);
    if (csr === undefined) throw new Error('Nobody is at work.');
    const desk = new StaffDesk(this.origin, csr);
    this.#desk = desk;
    const { sessionId } = await desk.startSession();
    const isReady = (): Promise<boolean> => desk.mediaToken(sessionId).then(Boolean, () => false);
    await until('the media server is ready', isReady, provisioningMs);
    await desk.endSession(sessionId);
  }

  /** A room beside the product on its media server, and the way into it. */
  async bareRoom(room: string): Promise<{ url: string; sender: string; viewer: string }> {
    const { apiKey, apiSecret } = this.#kept<{ apiKey: string; apiSecret: string }>('keys.json');
    const { signalling } = this.#kept<{ signalling: number }>('ports.json');
    const address = `127.0.0.1:${signalling}`;
    await new RoomServiceClient(`http://${address}`, apiKey, apiSecret).createRoom({ name: room });
    const tokenFor = (identity: string): Promise<string> => {
      const token = new AccessToken(apiKey, apiSecret, { identity, ttl: 120 });
      token.addGrant({ room, roomJoin: true, canPublish: true, canSubscribe: true });
      return token.toJwt();
    };
    return { url: `ws://${address}`, sender: await tokenFor('sender'), viewer: await tokenFor('viewer') };
  }

  async end(): Promise<void> {
    await this.#server.stop();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }

  #kept<T>(file: string): T {
    return JSON.parse(readFileSync(join(this.#dataDir, 'media', file), 'utf8')) as T;
  }
}
