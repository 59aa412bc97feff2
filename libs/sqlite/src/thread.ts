import { basename } from 'node:path';
import { Worker } from 'node:worker_threads';

/**
 * Starts a thread that works on a file, by the place of its module in the sources. There it is TypeScript and needs the
 * resolver; in the built application its bundle stands beside this one.
 */
export function startThread(module: URL, workerData: unknown): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL(`${basename(module.pathname, '.ts')}.mjs`, import.meta.url), { workerData });
  const resolver = new URL('../../../tools/resolve-ts.mjs', import.meta.url).href;
  return new Worker(module, { workerData, execArgv: ['--import', resolver] });
}

/**
 * The first message of a thread that was just started. Listeners that are added as soon as this settles miss nothing.
 * @param signal ends a thread that has not answered yet
 * @throws what it died of, once it has ended
 */
export function firstMessage<Message>(worker: Worker, signal?: AbortSignal): Promise<Message> {
  return new Promise((resolve, reject) => {
    let why: unknown = new Error('the thread ended before it answered its start');
    const end = (): void => void worker.terminate();
    const fail = (error: unknown): void => void (why = error);
    const exit = (): void => settle(() => reject(why));
    const settle = (how: () => void): void => {
      signal?.removeEventListener('abort', end);
      worker.off('error', fail).off('exit', exit);
      how();
    };
    worker.once('message', (message: Message) => settle(() => resolve(message)));
    worker.on('error', fail).on('exit', exit);
    signal?.addEventListener('abort', end);
    if (signal?.aborted) end();
  });
}

/** Ends a thread that has said that it cannot work, whatever else it throws. */
export async function endThread(worker: Worker): Promise<void> {
  worker.on('error', () => undefined);
  await worker.terminate();
}
