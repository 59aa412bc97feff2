import { setTimeout as pause } from 'node:timers/promises';
import { LiveKitServer } from './livekit/livekit-server';
import type { LiveKitConnection } from './livekit/livekit-server';
import type { LiveKitOrigin } from './livekit-origin';
import { MediaFailure } from './media-server';
import { PlantFailure } from './plant-state';
import type { Progress } from './plant-state';

const lookEvery = 10_000;
/** So many times without an answer before it counts as gone: one call that is lost says little. */
const patience = 3;

/** A LiveKit that somebody else runs. */
export class ConfiguredLiveKit implements LiveKitOrigin {
  readonly #connection: LiveKitConnection;
  readonly #server: LiveKitServer;

  constructor(connection: LiveKitConnection) {
    this.#connection = connection;
    this.#server = new LiveKitServer(() => connection);
  }

  async begin(progress: Progress): Promise<LiveKitConnection> {
    progress('connecting', null);
    try {
      await this.#server.listRooms();
      return this.#connection;
    } catch (error) {
      throw this.#failure(error);
    }
  }

  async ended(signal: AbortSignal): Promise<void> {
    for (let missed = 0; missed < patience; missed = (await this.#answers()) ? 0 : missed + 1)
      await pause(lookEvery, undefined, { signal });
  }

  async close(): Promise<void> {
    // It is not ours to end.
  }

  async #answers(): Promise<boolean> {
    return this.#server.listRooms().then(
      () => true,
      () => false,
    );
  }

  #failure(error: unknown): PlantFailure {
    const { url } = this.#connection;
    return error instanceof MediaFailure && error.code === 'MEDIA_REFUSED'
      ? new PlantFailure(
          'MEDIA_KEY_REFUSED',
          `LiveKit at ${url} does not know the key in DESKSIDE_LIVEKIT_API_KEY and DESKSIDE_LIVEKIT_API_SECRET.`,
        )
      : new PlantFailure('MEDIA_UNREACHABLE', `LiveKit at ${url} does not answer. Check DESKSIDE_LIVEKIT_URL.`);
  }
}
