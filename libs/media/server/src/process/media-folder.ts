import { join } from 'node:path';

/** The files that a LiveKit of our own has in the data folder. */
export interface MediaFolder {
  readonly folder: string;
  readonly keys: string;
  readonly ports: string;
  readonly config: string;
  readonly process: string;
  readonly log: string;
}

export function mediaFolder(dataDir: string): MediaFolder {
  const folder = join(dataDir, 'media');
  return {
    folder,
    keys: join(folder, 'keys.json'),
    ports: join(folder, 'ports.json'),
    config: join(folder, 'livekit.yaml'),
    process: join(folder, 'process.json'),
    log: join(folder, 'livekit.log'),
  };
}
