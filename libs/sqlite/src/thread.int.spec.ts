import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from '@jest/globals';
import { endThread, firstMessage } from './thread';

const threadOf = (code: string): Worker => new Worker(code, { eval: true });
const says = `require('node:worker_threads').parentPort.postMessage('ready');`;
const stays = `require('node:worker_threads').parentPort.on('message', () => undefined);`;
/** What it is once it has ended. */
const gone = -1;

describe('the first message of a thread', () => {
  it('is what it says first; whoever listens then hears the rest', async () => {
    const worker = threadOf(`${says} ${says.replace('ready', 'more')} ${stays}`);
    expect(await firstMessage(worker)).toBe('ready');
    expect(await once(worker, 'message')).toEqual(['more']);
    await endThread(worker);
    expect(worker.threadId).toBe(gone);
  });

  it('never comes from one that dies, which is told once it is gone', async () => {
    const throwing = threadOf(`throw new Error('for a test');`);
    await expect(firstMessage(throwing)).rejects.toThrow('for a test');
    expect(throwing.threadId).toBe(gone);
    await expect(firstMessage(threadOf(''))).rejects.toThrow('ended before it answered');
  });

  it('is not waited for when the start is called off, before or meanwhile', async () => {
    const end = new AbortController();
    const worker = threadOf(stays);
    const message = firstMessage(worker, end.signal);
    end.abort();
    await expect(message).rejects.toThrow('ended before it answered');
    expect(worker.threadId).toBe(gone);
    const late = threadOf(stays);
    await expect(firstMessage(late, end.signal)).rejects.toThrow('ended before it answered');
    expect(late.threadId).toBe(gone);
  });

  it('ends the power of whoever could call the start off', async () => {
    const end = new AbortController();
    const worker = threadOf(
      `${says} require('node:worker_threads').parentPort.once('message', () => process.exit(7));`,
    );
    await firstMessage(worker, end.signal);
    end.abort();
    worker.postMessage('end');
    expect(await once(worker, 'exit')).toEqual([7]);
  });
});
