import * as v from 'valibot';
import { forgetKept, keepFile, readKeptJson } from '@deskside/kept-file';
import type { OnDamagedFile } from '@deskside/kept-file';
import { beginningOf } from './running-process';

const record = v.object({
  pid: v.pipe(v.number(), v.integer(), v.minValue(2)),
  beginning: v.string(),
  keyFingerprint: v.string(),
  configHash: v.string(),
});

/** The LiveKit that we have started, so that a later API knows it again. */
export type ProcessRecord = Readonly<v.InferOutput<typeof record>>;

export function keepRecord(file: string, kept: ProcessRecord): void {
  keepFile(file, JSON.stringify(kept));
}

/** The process that we started, if it still runs. A record of one that is gone, or whose number another has, is forgotten. */
export async function runningRecord(file: string, onDamaged: OnDamagedFile): Promise<ProcessRecord | null> {
  const kept = readKeptJson(file, record, onDamaged);
  if (kept === null || (await isRunning(kept))) return kept;
  forgetKept(file);
  return null;
}

/** For sure, before anything is done to it. */
export async function isRunning({ pid, beginning }: ProcessRecord): Promise<boolean> {
  return (await beginningOf(pid)) === beginning;
}

/** For watching one that was running a moment ago: but on Linux, to ask for the beginning starts a program each time. */
export async function seemsToRun(record: ProcessRecord): Promise<boolean> {
  if (process.platform === 'linux') return isRunning(record);
  try {
    return process.kill(record.pid, 0);
  } catch {
    return false;
  }
}
