import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { keepWhatWasMade } from './cache';
import { programOnPath } from './on-path';
import { SourceFailed } from './source';
import type { Search } from './source';
import { pinnedVersion } from './version';

const module = `github.com/livekit/livekit-server/cmd/server@v${pinnedVersion}`;
/** So many packages make it up; `go install -v` says one line for each that it compiles. */
const packages = 789;

/** Compiles LiveKit. Go checks each module against the public checksum database. */
export async function fromGo(search: Search): Promise<string> {
  const go = programOnPath('go', search.searchPath);
  if (go === null) throw new SourceFailed('Go is not installed');
  search.progress('building', 0);
  return keepWhatWasMade(search.cacheDir, async (folder) => {
    await install(go, folder, search);
    return join(folder, process.platform === 'win32' ? 'server.exe' : 'server');
  });
}

/** For two minutes it would take every core from the server, which already has people to answer. */
function giveWay(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already, or the system does not let us: then it only is in the way.
  }
}

async function install(go: string, folder: string, { searchPath, progress, signal }: Search): Promise<void> {
  const child = spawn(go, ['install', '-v', module], {
    cwd: folder,
    env: { ...process.env, PATH: searchPath, GOBIN: folder, GOFLAGS: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  });
  giveWay(child.pid);
  let compiled = 0;
  let last = '';
  createInterface({ input: child.stderr }).on('line', (line) => {
    last = line;
    if (!/^[\w.-]+(\/[\w.~-]+)*$/.test(line)) return;
    compiled += 1;
    progress('building', Math.min(compiled / packages, 0.99));
  });
  const code = await new Promise<number | string | null>((settle) => {
    child.once('error', ({ message }) => settle(message));
    child.once('close', (ended) => settle(ended));
  });
  signal.throwIfAborted();
  if (code !== 0) throw new SourceFailed(`Go could not compile it (${last || code})`);
}
