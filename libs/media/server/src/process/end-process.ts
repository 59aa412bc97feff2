import { setTimeout as pause } from 'node:timers/promises';
import { isRunning, seemsToRun } from './process-record';
import type { ProcessRecord } from './process-record';

const lookEvery = 50;

/** How long LiveKit is given after each word, milliseconds. */
const words = [
  // At the first it waits until nobody is in a room any more, at the second it ends all the same.
  { signal: 'SIGTERM', patience: 300 },
  { signal: 'SIGTERM', patience: 6000 },
  { signal: 'SIGKILL', patience: 2000 },
] as const;

/** Ends the process that we started, and no other that may have its number by now. */
export async function endProcess(record: ProcessRecord): Promise<void> {
  for (const { signal, patience } of words) {
    if (!(await isRunning(record))) return;
    tell(record.pid, signal);
    if (await isGone(record, patience)) return;
  }
}

function tell(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has just ended by itself.
  }
}

async function isGone(record: ProcessRecord, patience: number): Promise<boolean> {
  for (const until = performance.now() + patience; performance.now() < until; await pause(lookEvery))
    if (!(await seemsToRun(record))) return true;
  return !(await seemsToRun(record));
}
