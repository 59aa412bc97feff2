import {
  ConfiguredLiveKit,
  mediaAddress,
  MediaPlant,
  namedLiveKit,
  OwnLiveKit,
  provideLiveKit,
  userCacheDir,
} from '@deskside/media/server';
import type { LiveKitOrigin, ProvidedLiveKit, Search } from '@deskside/media/server';
import { writeIncident } from '../log/incidents';
import type { Log } from '../log/logger';
import type { Settings } from '../settings/settings';

/** The media server as the settings want it; it is not started yet. */
export function openMediaPlant(settings: Settings, log: Log): MediaPlant {
  const plant = new MediaPlant(originOf(settings, log));
  let said = '';
  plant.onChange((state) => {
    // Not each step of a progress.
    if (state.status === said) return;
    said = state.status;
    if (state.status === 'failed') log.warn('media failed', { code: state.code, sentence: state.sentence });
    else log.info(`media ${state.status}`);
  });
  return plant;
}

function originOf(settings: Settings, log: Log): LiveKitOrigin | null {
  if (settings.DESKSIDE_MEDIA === 'off') return null;
  const { DESKSIDE_LIVEKIT_URL: url, DESKSIDE_LIVEKIT_API_KEY: apiKey } = settings;
  const { DESKSIDE_LIVEKIT_API_SECRET: apiSecret } = settings;
  if (url !== undefined && apiKey !== undefined && apiSecret !== undefined)
    return new ConfiguredLiveKit({ url, apiKey, apiSecret });
  return new OwnLiveKit({
    dataDir: settings.DESKSIDE_DATA_DIR,
    address: mediaAddress({
      configured: settings.DESKSIDE_MEDIA_ADDRESS,
      host: settings.DESKSIDE_HOST,
      publicUrl: settings.DESKSIDE_PUBLIC_URL,
    }),
    overTcp: settings.DESKSIDE_MEDIA_TCP === 'auto' ? undefined : settings.DESKSIDE_MEDIA_TCP === 'on',
    mediaPort: settings.DESKSIDE_MEDIA_PORT ?? null,
    onDamagedFile: (reason) => writeIncident(log, { kind: 'damagedFile', reason }),
    provide: async (progress, signal) => {
      const search = { searchPath: process.env['PATH'] ?? '', cacheDir: userCacheDir(), progress, signal };
      const provided = await provide(settings.DESKSIDE_LIVEKIT_BINARY, search);
      log.info('media server found', { version: provided.version, from: provided.from });
      return provided.binary;
    },
  });
}

function provide(named: string | undefined, search: Search): Promise<ProvidedLiveKit> {
  return named === undefined ? provideLiveKit(search) : namedLiveKit(named);
}
