import { Worker } from 'node:worker_threads';
import type { LogIntegrity } from '../event-store';
import { LogUnusable } from './log-schema';
import type { FromWriter, WriterSettings } from './writer-messages';

export type StartWriter = (settings: WriterSettings) => Worker;

/** In the sources the worker is TypeScript and needs the resolver; in the built application it stands beside the bundle. */
export function startWriter(settings: WriterSettings): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./log-writer.worker.mjs', import.meta.url), { workerData: settings });
  }
  const resolver = new URL('../../../../tools/resolve-ts.mjs', import.meta.url).href;
  return new Worker(new URL('./log-writer.worker.ts', import.meta.url), {
    workerData: settings,
    execArgv: ['--import', resolver],
  });
}

/** A writer thread that has the log open and its newest part verified. */
export interface OpenWriter {
  readonly worker: Worker;
  /** How many messages it was sent; it looks there too. */
  readonly sent: Int32Array;
  readonly head: bigint;
  readonly integrity: LogIntegrity;
}

/** @throws LogUnusable, or what the thread died of. */
export async function openWriter(settings: Omit<WriterSettings, 'sent'>, start: StartWriter): Promise<OpenWriter> {
  const sent = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const worker = start({ ...settings, sent });
  const first = await new Promise<FromWriter>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The log writer did not answer its start.')));
  });
  for (const event of ['error', 'exit']) worker.removeAllListeners(event);
  if (first.kind === 'ready') {
    return { worker, sent: new Int32Array(sent), head: first.head, integrity: first.integrity };
  }
  worker.on('error', () => undefined);
  await worker.terminate();
  if (first.kind === 'unusable') throw new LogUnusable(first.code, first.message);
  throw new Error('The log writer did not answer its start.');
}
