import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MediaPlant } from '../media-plant';
import type { MediaPlantState } from '../plant-state';
import { OwnLiveKit } from '../process/own-livekit';
import type { OwnLiveKitOptions } from '../process/own-livekit';
import { userCacheDir } from '../provision/cache';
import { provideLiveKit } from '../provision/provide-livekit';

/** The program that these tests run, found once as the product finds it; making it may take minutes. */
export async function livekitBinary(): Promise<string> {
  const { signal } = new AbortController();
  const search = { searchPath: process.env['PATH'] ?? '', cacheDir: userCacheDir(), progress: () => undefined, signal };
  return (await provideLiveKit(search)).binary;
}

/** A plant with a LiveKit of its own, on free ports and in a folder of its own. */
export class PlantUnderTest {
  readonly plant: MediaPlant;
  readonly own: OwnLiveKit;

  private constructor(options: OwnLiveKitOptions) {
    this.own = new OwnLiveKit(options);
    this.plant = new MediaPlant(this.own);
  }

  static start(options: Partial<OwnLiveKitOptions> & Pick<OwnLiveKitOptions, 'dataDir'>): PlantUnderTest {
    const started = new PlantUnderTest({
      address: { ip: '127.0.0.1', onlyThisMachine: true },
      mediaPort: null,
      provide: livekitBinary,
      ...options,
    });
    started.plant.start();
    return started;
  }

  async ready(): Promise<string> {
    const state = await this.reaches(({ status }) => status === 'ready');
    return state.status === 'ready' ? state.url : '';
  }

  /** Settles with the first state that fits, now or later. */
  reaches(fits: (state: MediaPlantState) => boolean): Promise<MediaPlantState> {
    return new Promise((settle) => {
      const look = (state: MediaPlantState): void => {
        if (!fits(state)) return;
        end();
        settle(state);
      };
      const end = this.plant.onChange(look);
      look(this.plant.state);
    });
  }
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'deskside-media-'));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
