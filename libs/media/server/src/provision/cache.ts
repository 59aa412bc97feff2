import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { SourceFailed } from './source';
import { pinnedVersion, versionOf } from './version';

export const programName = process.platform === 'win32' ? 'livekit-server.exe' : 'livekit-server';

/** The folder of this user for what can be made again. */
export function userCacheDir(env: NodeJS.ProcessEnv = process.env): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: windows } = env;
  const base = { win32: windows, darwin: join(homedir(), 'Library', 'Caches') }[process.platform as string] ?? xdg;
  return join(base || join(homedir(), '.cache'), 'deskside', 'livekit');
}

export function keptBinary(cacheDir: string): string {
  return join(cacheDir, pinnedVersion, programName);
}

/**
 * Lets something be made in a folder of its own and keeps it only when it runs and is what it should be: two servers
 * may do this at the same time, and either may be ended in the middle.
 * @param make leaves a program in the folder @returns its file there
 */
export async function keepWhatWasMade(cacheDir: string, make: (folder: string) => Promise<string>): Promise<string> {
  const target = keptBinary(cacheDir);
  mkdirSync(join(cacheDir, pinnedVersion), { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(join(cacheDir, 'making-'));
  try {
    const made = await make(folder);
    chmodSync(made, 0o755);
    const version = await versionOf(made);
    if (version !== pinnedVersion) throw new SourceFailed(`what came is version ${version ?? 'unknown'}`);
    renameSync(made, target);
    return target;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
