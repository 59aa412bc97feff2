import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { SealedStream } from '../contract';
import { KurrentAppender } from './kurrent-appender';
import type { KurrentConnection } from './kurrent-connection';
import type { StreamIds } from './stream-ids';

afterEach(() => void jest.useRealTimers());

describe('a log whose server refuses an append', () => {
  it.each([
    ['lets nobody in', { code: 16 }, 'LOG_CREDENTIALS_REFUSED'],
    ['lets nobody write', { type: 'access-denied' }, 'LOG_FORBIDDEN'],
  ])('because it %s cannot be written just now, and is not damaged', async (_, error, trouble) => {
    const connection = {
      ...{ address: { shown: 'the log', user: 'deskside' }, limits: { callMs: 1000, appendMs: 1000 } },
      once: () => Promise.reject(Object.assign(new Error('No.'), error)),
    } as unknown as KurrentConnection;
    const appender = new KurrentAppender(connection, {} as StreamIds, () => Promise.reject(new Error('not read')));
    const stream = new SealedStream('queue-1');
    expect(await appender.append(stream.name, [stream.seal()], 'noStream')).toMatchObject({ code: 'LOG_UNAVAILABLE' });
    expect(appender.trouble?.code).toBe(trouble);
  });

  it('is said to, and after a while without any append nothing is known against it', async () => {
    jest.useFakeTimers();
    const connection = {
      address: { shown: 'the log', user: null },
      limits: { callMs: 1000, appendMs: 1000 },
      once: () => Promise.reject(Object.assign(new Error('No space left on device'), { type: 'unknown' })),
    } as unknown as KurrentConnection;
    const appender = new KurrentAppender(connection, {} as StreamIds, () => Promise.reject(new Error('not read')));
    const stream = new SealedStream('queue-1');
    expect(await appender.append(stream.name, [stream.seal()], 'noStream')).toMatchObject({ code: 'LOG_DISK_FULL' });
    expect(appender.trouble?.code).toBe('LOG_DISK_FULL');
    jest.advanceTimersByTime(29_000);
    expect(appender.trouble?.code).toBe('LOG_DISK_FULL');
    jest.advanceTimersByTime(1_000);
    expect(appender.trouble).toBe(null);
  });
});
