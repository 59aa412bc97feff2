import type { Worker } from 'node:worker_threads';
import { endThread, firstMessage, startThread } from '@deskside/sqlite';
import type { FromWorker } from '../worker/worker-messages';
import type { WorkerSettings } from '../worker/worker-settings';

export type Ready = Extract<FromWorker, { kind: 'ready' }>;
export type StartWorker = (settings: WorkerSettings) => Worker;

export function startWorker(settings: WorkerSettings): Worker {
  return startThread(new URL('../worker/projection.worker.ts', import.meta.url), settings);
}

/**
 * Settles when every read model's file is there.
 * @param signal calls the start off
 * @throws with the worker's sentence when the log or the vault fails
 */
export async function openWorker(worker: Worker, signal: AbortSignal): Promise<Ready> {
  const first = await firstMessage<FromWorker>(worker, signal);
  if (first.kind === 'ready') return first;
  // It ends by itself with the same error; the sentence is enough.
  await endThread(worker);
  throw new Error(first.kind === 'unusable' ? first.message : 'The projection worker did not answer its start.');
}
