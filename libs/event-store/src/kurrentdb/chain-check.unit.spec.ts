import { describe, expect, it } from '@jest/globals';
import type { Position, RecordedEvent } from '../event-store';
import { SealedStream } from '../contract';
import { ChainCheck } from './chain-check';

function next(stream: SealedStream): RecordedEvent {
  return { ...stream.seal(), stream: stream.name, revision: stream.revision, position: '1/1' as Position };
}

/** The second event of a stream whose first one is asked for, and not there. */
function second(): RecordedEvent {
  const stream = new SealedStream('queue-1');
  stream.seal();
  return next(stream);
}

describe('what is found first in a log on a server', () => {
  it('stays, when somebody distrusts the log while an event is being looked at', async () => {
    const reading = Promise.withResolvers<readonly RecordedEvent[]>();
    const check = new ChainCheck({ readStream: () => reading.promise }, null);
    const looked = check.take([second()]);
    check.distrust('The second place knows another log.');
    reading.resolve([]);
    await looked;
    expect(check.integrity).toEqual({ status: 'damaged', place: null, reason: 'The second place knows another log.' });
  });

  it('stays, when somebody distrusts the log though the event is as it was sealed', async () => {
    const check = new ChainCheck({ readStream: async () => [] }, null);
    const looked = check.take([next(new SealedStream('queue-1'))]);
    check.distrust('The second place knows another log.');
    await looked;
    check.caughtUp('1/1' as Position);
    expect(check.integrity).toMatchObject({ status: 'damaged', reason: 'The second place knows another log.' });
  });

  it('keeps the event that it names, whatever is said of the log later', async () => {
    const check = new ChainCheck({ readStream: async () => [] }, null);
    await check.take([second()]);
    check.distrust('The second place knows another log.');
    expect(check.integrity).toMatchObject({
      place: { stream: 'queue-1', revision: 0n, what: 'missing' },
      reason: 'Event 0 of queue-1 is missing.',
    });
  });
});
