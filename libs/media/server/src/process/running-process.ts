import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/**
 * When a process began, in whatever words the system has for it: a number of a process is given again, the same number
 * with the same beginning is not. Null when there is no such process, or only what is left of one that has ended.
 */
export async function beginningOf(pid: number): Promise<string | null> {
  try {
    return await beginnings[process.platform === 'linux' ? 'linux' : process.platform === 'win32' ? 'win32' : 'other'](
      pid,
    );
  } catch {
    return null;
  }
}

const beginnings: Readonly<Record<'linux' | 'win32' | 'other', (pid: number) => Promise<string | null>>> = {
  linux: async (pid) => {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name of the program stands in brackets and may hold anything; proc_pid_stat(5) counts on after it.
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z' || state === 'X') return null;
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    return `${boot}/${rest[18]}`;
  },
  win32: async (pid) => {
    const script = `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`;
    const { stdout } = await exec('powershell', ['-NoProfile', '-NonInteractive', '-Command', script]);
    return stdout.trim() || null;
  },
  other: async (pid) => {
    const { stdout } = await exec('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { env: { LC_ALL: 'C' } });
    const [state = '', ...began] = stdout.trim().split(/\s+/);
    return state.startsWith('Z') || began.length === 0 ? null : began.join(' ');
  },
};
