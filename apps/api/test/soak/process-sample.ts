import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface ProcessSample {
  /** Resident memory, in bytes. */
  readonly memory: number;
  /** Open files; sockets aside, which come and go with those who are connected. */
  readonly files: number;
  readonly sockets: number;
}

/** What a process holds just now; null once it has ended. */
export function sampleOf(pid: number): ProcessSample | null {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    if (kilobytes === undefined) return null;
    const targets = readdirSync(`/proc/${pid}/fd`).map((fd) => targetOf(`/proc/${pid}/fd/${fd}`));
    const sockets = targets.filter((target) => target.startsWith('socket:')).length;
    return { memory: Number(kilobytes) * 1024, files: targets.length - sockets, sockets };
  } catch {
    return null;
  }
}

function targetOf(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    // Closed since the folder was listed.
    return '';
  }
}

/** Command lines of the processes that run with a folder in their settings or arguments; this process aside. */
export function processesWith(folder: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      const [command, environment] = [said(`/proc/${pid}/cmdline`), said(`/proc/${pid}/environ`)];
      return `${command}\0${environment}`.includes(folder) ? [`${pid} ${command.replaceAll('\0', ' ').trim()}`] : [];
    });
}

function said(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
