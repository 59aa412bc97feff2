import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { keepWhatWasMade, programName } from './cache';
import { programOnPath } from './on-path';
import { SourceFailed } from './source';
import type { Search } from './source';
import { pinnedVersion } from './version';

export const releases = `https://github.com/livekit/livekit/releases/download/v${pinnedVersion}`;

const architectures: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64', arm: 'armv7' };

/** The name of the archive for this machine, as LiveKit's own build gives it; null where there is none, as on macOS. */
export function archiveName(platform: NodeJS.Platform, arch: string): string | null {
  const architecture = architectures[arch];
  if (architecture === undefined || (platform !== 'linux' && platform !== 'win32')) return null;
  const [system, ending] = platform === 'linux' ? ['linux', 'tar.gz'] : ['windows', 'zip'];
  return `livekit_${pinnedVersion}_${system}_${architecture}.${ending}`;
}

/** Loads LiveKit's own release. It must have the checksum that the release states. */
export async function fromRelease(search: Search, from = releases): Promise<string> {
  const archive = archiveName(process.platform, process.arch);
  if (archive === null) throw new SourceFailed('LiveKit has no release for this kind of machine');
  const tar = programOnPath('tar', search.searchPath);
  if (tar === null) throw new SourceFailed('tar is not installed');
  search.progress('downloading', 0);
  const stated = statedChecksum(await text(`${from}/checksums.txt`, search.signal), archive);
  return keepWhatWasMade(search.cacheDir, async (folder) => {
    const file = join(folder, archive);
    const checksum = await download(`${from}/${archive}`, file, search);
    if (checksum !== stated) throw new SourceFailed(`${archive} has not the checksum that its release states`);
    await unpack(tar, file, folder);
    return join(folder, programName);
  });
}

/** Lines of `sha256sum`: the checksum, two blanks, the name. */
function statedChecksum(checksums: string, archive: string): string {
  const line = checksums.split('\n').find((candidate) => candidate.trim().endsWith(`  ${archive}`));
  const checksum = line?.trim().split(/\s+/)[0];
  if (checksum === undefined || !/^[0-9a-f]{64}$/.test(checksum))
    throw new SourceFailed(`the release states no checksum for ${archive}`);
  return checksum;
}

async function ask(url: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(600_000)]) }).catch(() => {
    signal.throwIfAborted();
    throw new SourceFailed(`${new URL(url).host} cannot be reached`);
  });
  if (!response.ok) throw new SourceFailed(`${url} answers ${response.status}`);
  return response;
}

async function text(url: string, signal: AbortSignal): Promise<string> {
  return (await ask(url, signal)).text();
}

/** @returns SHA-256 of what came */
async function download(url: string, file: string, { progress, signal }: Search): Promise<string> {
  const { body, headers } = await ask(url, signal);
  if (body === null) throw new SourceFailed(`${url} is empty`);
  const whole = Number(headers.get('content-length') ?? 0);
  const hash = createHash('sha256');
  let loaded = 0;
  const watched = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      loaded += chunk.length;
      if (whole > 0) progress('downloading', Math.min(loaded / whole, 0.99));
      done(null, chunk);
    },
  });
  await pipeline(Readable.fromWeb(body as ReadableStream), watched, createWriteStream(file), { signal }).catch(
    (error: unknown) => {
      signal.throwIfAborted();
      throw new SourceFailed(`the download broke off (${String(error)})`);
    },
  );
  return hash.digest('hex');
}

/** Windows has a tar since 2018, and it reads zip files as well. */
async function unpack(tar: string, archive: string, folder: string): Promise<void> {
  const child = spawn(tar, ['-xf', archive, '-C', folder, programName], { stdio: 'ignore' });
  const code = await new Promise<number | null>((settle) => {
    child.once('error', () => settle(null));
    child.once('close', settle);
  });
  if (code !== 0) throw new SourceFailed(`${archive} cannot be unpacked`);
}
