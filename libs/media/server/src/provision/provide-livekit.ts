import { PlantFailure } from '../plant-state';
import { keptBinary } from './cache';
import { fromGo } from './go-install';
import { programOnPath } from './on-path';
import { fromRelease } from './release-download';
import { SourceFailed } from './source';
import type { ProvidedLiveKit, Search } from './source';
import { isAccepted, pinnedVersion, versionOf } from './version';

type Source = (search: Search) => Promise<ProvidedLiveKit>;

/** One after the other: what costs nothing first. */
const sources: readonly Source[] = [
  onPath,
  kept,
  async (search) => ({ binary: await fromGo(search), version: pinnedVersion, from: 'go' }),
  async (search) => ({ binary: await fromRelease(search), version: pinnedVersion, from: 'release' }),
];

/**
 * A LiveKit for this machine: found, kept from before, compiled or loaded.
 * @throws PlantFailure with one sentence that says what to install
 */
export async function provideLiveKit(search: Search): Promise<ProvidedLiveKit> {
  const reasons: string[] = [];
  for (const source of sources) {
    search.progress('searching', null);
    try {
      return await source(search);
    } catch (error) {
      search.signal.throwIfAborted();
      reasons.push(error instanceof SourceFailed ? error.message : String(error));
    }
  }
  throw new PlantFailure(
    'MEDIA_NOT_PROVIDED',
    `There is no picture and voice: install livekit-server ${pinnedVersion} so that it is on the PATH, or set ` +
      `DESKSIDE_LIVEKIT_URL to a LiveKit that runs elsewhere (${reasons.join('; ')}).`,
  );
}

/** The program that the operator has named, and no other. @throws PlantFailure */
export async function namedLiveKit(binary: string): Promise<ProvidedLiveKit> {
  const version = await versionOf(binary);
  if (version !== null && isAccepted(version)) return { binary, version, from: 'setting' };
  const found =
    version === null ? 'is no LiveKit that runs here' : `is LiveKit ${version}, which is too old or too new`;
  throw new PlantFailure('MEDIA_NOT_PROVIDED', `DESKSIDE_LIVEKIT_BINARY: ${binary} ${found}.`);
}

async function onPath({ searchPath }: Search): Promise<ProvidedLiveKit> {
  const binary = programOnPath('livekit-server', searchPath);
  if (binary === null) throw new SourceFailed('livekit-server is not on the PATH');
  const version = await versionOf(binary);
  if (version === null || !isAccepted(version))
    throw new SourceFailed(`${binary} is version ${version ?? 'unknown'}, which Deskside does not use`);
  return { binary, version, from: 'path' };
}

async function kept({ cacheDir }: Search): Promise<ProvidedLiveKit> {
  const binary = keptBinary(cacheDir);
  const version = await versionOf(binary);
  if (version !== pinnedVersion) throw new SourceFailed('none is kept from an earlier start');
  return { binary, version, from: 'kept' };
}
