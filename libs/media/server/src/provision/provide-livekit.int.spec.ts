import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newFolder, removeFolder } from '../testing/plant-under-test';
import { keptBinary } from './cache';
import { namedLiveKit, provideLiveKit } from './provide-livekit';
import { archiveName, fromRelease } from './release-download';
import type { Search } from './source';

const system = '/usr/bin:/bin';
let folder: string;
let path: string;
let progress: [string, number | null][];
let search: Search;

beforeEach(() => {
  folder = newFolder();
  path = join(folder, 'bin');
  mkdirSync(path);
  progress = [];
  search = {
    searchPath: path,
    cacheDir: join(folder, 'cache'),
    progress: (step, fraction) => progress.push([step, fraction]),
    signal: new AbortController().signal,
  };
});
afterEach(() => removeFolder(folder));

/** A program of that name which does what the shell text says. */
function program(file: string, text: string): string {
  writeFileSync(file, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return file;
}
const livekit = (file: string, version: string): string => program(file, `echo "livekit-server version ${version}"`);

/** As `go install -v`: says what it compiles and leaves a program in GOBIN. */
const goThatMakes = (version: string): string => `
[ "$1 $2" = "install -v" ] || exit 3
echo "$3" > ${join(folder, 'asked')}
echo "go: downloading github.com/pion/ice/v4 v4.0.0" >&2
for n in 1 2 3; do echo "github.com/livekit/livekit-server/pkg/part$n" >&2; done
printf '#!/bin/sh\\necho "livekit-server version ${version}"\\n' > "$GOBIN/server"`;

describe('LiveKit is provided', () => {
  it('from the PATH before anything else', async () => {
    const binary = livekit(join(path, 'livekit-server'), '1.11.0');
    program(join(path, 'go'), goThatMakes('1.13.5'));
    expect(await provideLiveKit(search)).toEqual({ binary, version: '1.11.0', from: 'path' });
    expect(existsSync(search.cacheDir)).toBe(false);
  });

  it.each(['1.8.4', '1.9.1', '2.0.0'])('not from the PATH when it is version %s', async (version) => {
    livekit(join(path, 'livekit-server'), version);
    program(join(path, 'go'), goThatMakes('1.13.5'));
    expect(await provideLiveKit({ ...search, searchPath: `${path}:${system}` })).toMatchObject({ from: 'go' });
  });

  it('by Go when there is none, with progress, and kept for the next time', async () => {
    const go = program(join(path, 'go'), goThatMakes('1.13.5'));
    const made = await provideLiveKit({ ...search, searchPath: `${path}:${system}` });
    expect(made).toEqual({ binary: keptBinary(search.cacheDir), version: '1.13.5', from: 'go' });
    expect(readFileSync(join(folder, 'asked'), 'utf8').trim()).toBe(
      'github.com/livekit/livekit-server/cmd/server@v1.13.5',
    );
    const building = progress.filter(([step]) => step === 'building').map(([, fraction]) => Number(fraction));
    expect(building).toEqual([0, 1, 2, 3].map((n) => n / 789));
    removeFolder(go);
    expect(await provideLiveKit(search)).toEqual({ ...made, from: 'kept' });
    expect(readdirSync(search.cacheDir)).toEqual(['1.13.5']);
  });

  it('from the kept copy only when it is whole', async () => {
    program(join(path, 'go'), goThatMakes('1.13.5'));
    mkdirSync(join(keptBinary(search.cacheDir), '..'), { recursive: true });
    writeFileSync(keptBinary(search.cacheDir), 'half of it', { mode: 0o755 });
    expect(await provideLiveKit({ ...search, searchPath: `${path}:${system}` })).toMatchObject({ from: 'go' });
  });

  it('by nobody: one sentence says what to install, and why each way failed', async () => {
    program(join(path, 'go'), 'echo "go: module lookup disabled" >&2; exit 1');
    const failure = provideLiveKit(search);
    await expect(failure).rejects.toMatchObject({ code: 'MEDIA_NOT_PROVIDED' });
    await expect(failure).rejects.toThrow(
      'There is no picture and voice: install livekit-server 1.13.5 so that it is on the PATH, or set ' +
        'DESKSIDE_LIVEKIT_URL to a LiveKit that runs elsewhere (livekit-server is not on the PATH; none is kept from ' +
        'an earlier start; Go could not compile it (go: module lookup disabled); tar is not installed).',
    );
    expect(readdirSync(search.cacheDir)).toEqual(['1.13.5']);
  });

  it('by the program that is named, and by no other', async () => {
    livekit(join(path, 'livekit-server'), '1.13.5');
    const named = livekit(join(folder, 'mine'), '1.12.0');
    expect(await namedLiveKit(named)).toEqual({ binary: named, version: '1.12.0', from: 'setting' });
    await expect(namedLiveKit(join(folder, 'none'))).rejects.toThrow(/none is no LiveKit that runs here\.$/);
    await expect(namedLiveKit(livekit(named, '1.2.3'))).rejects.toThrow(/is LiveKit 1\.2\.3, which is too old/);
  });

  it('no further once the server is to end, and leaves nothing half made', async () => {
    const stop = new AbortController();
    program(join(path, 'go'), `echo "github.com/livekit/part" >&2; exec sleep 60`);
    const stopped = provideLiveKit({
      ...search,
      searchPath: `${path}:${system}`,
      signal: stop.signal,
      progress: (_step, fraction) => fraction !== null && fraction > 0 && stop.abort(),
    });
    await expect(stopped).rejects.toThrow(/abort/i);
    expect(readdirSync(search.cacheDir)).toEqual(['1.13.5']);
  });
});

describe('the release of LiveKit', () => {
  const archive = archiveName('linux', process.arch) ?? '';
  let site: Server;
  let files: Record<string, Buffer>;
  let from: string;

  beforeEach(async () => {
    livekit(join(folder, 'livekit-server'), '1.13.5');
    const made = join(folder, archive);
    spawnSync('tar', ['-czf', made, '-C', folder, 'livekit-server']);
    const bytes = readFileSync(made);
    const checksum = createHash('sha256').update(bytes).digest('hex');
    const checksums = `${'0'.repeat(64)}  livekit_1.13.5_linux_other.tar.gz\n${checksum}  ${archive}\n`;
    files = { 'checksums.txt': Buffer.from(checksums), [archive]: bytes };
    site = createServer((request, response) => {
      const file = files[request.url?.slice(1) ?? ''];
      response.writeHead(file === undefined ? 404 : 200, { 'content-length': file?.length ?? 0 }).end(file);
    });
    await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
    from = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    search = { ...search, searchPath: system };
  });
  afterEach(() => {
    site.closeAllConnections();
    site.close();
  });

  it('is loaded, compared with its checksum, unpacked and kept', async () => {
    expect(await fromRelease(search, from)).toBe(keptBinary(search.cacheDir));
    expect(progress.at(0)).toEqual(['downloading', 0]);
    expect(progress.at(-1)).toEqual(['downloading', 0.99]);
    expect(await provideLiveKit({ ...search, searchPath: path })).toMatchObject({ from: 'kept' });
  });

  it('is not used when it is not what its checksum says, or has none', async () => {
    files[archive] = Buffer.concat([files[archive] ?? Buffer.of(), Buffer.of(0)]);
    await expect(fromRelease(search, from)).rejects.toThrow(`${archive} has not the checksum that its release states`);
    files['checksums.txt'] = Buffer.from('nothing');
    await expect(fromRelease(search, from)).rejects.toThrow(`the release states no checksum for ${archive}`);
    delete files['checksums.txt'];
    await expect(fromRelease(search, from)).rejects.toThrow(`${from}/checksums.txt answers 404`);
    expect(existsSync(keptBinary(search.cacheDir))).toBe(false);
  });

  it('cannot be reached: it says so', async () => {
    await expect(fromRelease(search, 'http://127.0.0.1:1')).rejects.toThrow('127.0.0.1:1 cannot be reached');
  });

  it.each([
    ['linux', 'x64', 'livekit_1.13.5_linux_amd64.tar.gz'],
    ['linux', 'arm64', 'livekit_1.13.5_linux_arm64.tar.gz'],
    ['linux', 'arm', 'livekit_1.13.5_linux_armv7.tar.gz'],
    ['win32', 'x64', 'livekit_1.13.5_windows_amd64.zip'],
    ['darwin', 'arm64', null],
    ['linux', 's390x', null],
  ] as const)('for %s on %s is %s', (platform, arch, name) => {
    expect(archiveName(platform, arch)).toBe(name);
  });
});
