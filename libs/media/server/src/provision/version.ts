import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** The version that Deskside is tested with; what is made here is this one. */
export const pinnedVersion = '1.13.5';

/**
 * The oldest that is taken when the machine has one: the way in which today's browsers join (`/rtc/v1`, one connection
 * for both directions) came with 1.9.1 and was mended in 1.9.2. A second major version would be another program.
 */
const oldest = [1, 9, 2] as const;

/** @returns such as `1.13.5`; null when the file is no LiveKit that runs here */
export async function versionOf(binary: string): Promise<string | null> {
  try {
    const { stdout } = await exec(binary, ['--version'], { timeout: 10_000 });
    return /^livekit-server version (\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? null;
  } catch {
    return null;
  }
}

export function isAccepted(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (major !== oldest[0]) return false;
  return minor > oldest[1] || (minor === oldest[1] && patch >= oldest[2]);
}
