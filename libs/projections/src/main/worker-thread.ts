import { Worker } from 'node:worker_threads';
import type { FromWorker } from '../worker/worker-messages';
import type { WorkerSettings } from '../worker/worker-settings';

export type Ready = Extract<FromWorker, { kind: 'ready' }>;
export type StartWorker = (settings: WorkerSettings) => Worker;

/** In the sources the worker is TypeScript and needs the resolver; in the built application it stands beside the bundle. */
export function startWorker(settings: WorkerSettings): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('./projection.worker.mjs', import.meta.url), { workerData: settings });
  const resolver = new URL('../../../../tools/resolve-ts.mjs', import.meta.url).href;
  return new Worker(new URL('../worker/projection.worker.ts', import.meta.url), {
    workerData: settings,
    execArgv: ['--import', resolver],
  });
}

/** Settles when every read model's file is there. @throws with the worker's sentence when the log or the vault fails. */
export async function openWorker(worker: Worker): Promise<Ready> {
  const first = await new Promise<FromWorker>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error(noAnswer)));
  });
  for (const event of ['error', 'exit']) worker.removeAllListeners(event);
  if (first.kind === 'ready') return first;
  // It ends by itself with the same error; the sentence is enough.
  worker.on('error', () => undefined);
  await worker.terminate();
  throw new Error(first.kind === 'unusable' ? first.message : noAnswer);
}

const noAnswer = 'The projection worker did not answer its start.';
