import type { Worker } from 'node:worker_threads';
import { endThread, firstMessage, startThread } from '@deskside/sqlite';
import type { FileIdentity } from '@deskside/sqlite';
import type { LogIntegrity } from '../event-store';
import { LogUnusable } from './log-schema';
import type { FromWriter, WriterSettings } from './writer-messages';

export type StartWriter = (settings: WriterSettings) => Worker;

export function startWriter(settings: WriterSettings): Worker {
  return startThread(new URL('./log-writer.worker.ts', import.meta.url), settings);
}

/** A writer thread that has the log open and its newest part verified. */
export interface OpenWriter {
  readonly worker: Worker;
  /** How many messages it was sent; it looks there too. */
  readonly sent: Int32Array;
  readonly head: bigint;
  readonly integrity: LogIntegrity;
  readonly identity: FileIdentity | undefined;
  readonly damagedFile: string | null;
}

/** @throws LogUnusable, or what the thread died of. */
export async function openWriter(settings: Omit<WriterSettings, 'sent'>, start: StartWriter): Promise<OpenWriter> {
  const sent = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const worker = start({ ...settings, sent });
  const first = await firstMessage<FromWriter>(worker);
  if (first.kind === 'ready') {
    const { head, integrity, identity, damagedFile } = first;
    return { worker, sent: new Int32Array(sent), head, integrity, identity, damagedFile };
  }
  await endThread(worker);
  if (first.kind === 'unusable') throw new LogUnusable(first.code, first.message);
  throw new Error('The log writer did not answer its start.');
}
