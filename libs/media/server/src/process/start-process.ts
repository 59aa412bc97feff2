import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { PlantFailure } from '../plant-state';
import { keepLogShort } from './kept-log';
import { keepRecord } from './process-record';
import type { ProcessRecord } from './process-record';
import { beginningOf } from './running-process';
import type { MediaFolder } from './media-folder';

/** Variables that LiveKit would believe more than its file. */
const notForLiveKit = /^(LIVEKIT_|DESKSIDE_|NODE_IP$|UDP_PORT$|REDIS_)/;

/** Starts LiveKit apart from this process, so that it outlives an API that is killed, and writes down which one it is. */
export async function startProcess(
  binary: string,
  { config, log, process: recordFile }: MediaFolder,
  about: Pick<ProcessRecord, 'keyFingerprint' | 'configHash'>,
): Promise<ProcessRecord> {
  keepLogShort(log);
  const output = openSync(log, 'a', 0o600);
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !notForLiveKit.test(name)));
  const child = spawn(binary, ['--config', config], {
    env,
    stdio: ['ignore', output, output],
    detached: true,
    windowsHide: true,
  });
  closeSync(output);
  const { pid } = await started(child);
  child.unref();
  const beginning = await beginningOf(pid);
  if (beginning === null) throw ended(log);
  const record = { pid, beginning, ...about };
  try {
    keepRecord(recordFile, record);
  } catch (error) {
    // Nobody would find it again (a full disk), and each further try would add one.
    child.kill('SIGKILL');
    throw error;
  }
  return record;
}

function started(child: ReturnType<typeof spawn>): Promise<{ readonly pid: number }> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new PlantFailure('MEDIA_START_FAILED', `LiveKit: ${error.message}.`)));
    child.once('spawn', () => resolve({ pid: child.pid ?? 0 }));
  });
}

/** Settles when `answers` says so. @throws PlantFailure when the process ends before, or does not come up in time */
export async function untilReady(
  isRunning: () => Promise<boolean>,
  answers: () => Promise<boolean>,
  {
    log,
    signal,
    patience = 20_000,
  }: { readonly log: string; readonly signal: AbortSignal; readonly patience?: number },
): Promise<void> {
  for (const until = performance.now() + patience; performance.now() < until; await pause(50, undefined, { signal })) {
    if (await answers()) return;
    if (!(await isRunning())) throw ended(log);
  }
  throw new PlantFailure('MEDIA_START_FAILED', `LiveKit did not answer in ${patience / 1000} s; see ${log}.`);
}

function ended(log: string): PlantFailure {
  const [last = 'it wrote nothing'] = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-1);
  return new PlantFailure('MEDIA_START_FAILED', `LiveKit ended at its start: ${last.slice(0, 300)} (${log}).`);
}
