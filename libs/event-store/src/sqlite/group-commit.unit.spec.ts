import { expect, it } from '@jest/globals';
import { SealedStream } from '../contract';
import { AppendQueue } from './append-queue';
import { commitGroup, damageIn } from './group-commit';
import type { LogWriter } from './log-writer';

it('a file that cannot be read is damaged for a reason that no terminal obeys', () => {
  const damaged = Object.assign(new Error('malformed schema (\u001b[2J)'), { code: 'ERR_SQLITE_ERROR', errcode: 11 });
  const writer = {
    begin: () => {
      throw damaged;
    },
    rollback: () => undefined,
  } as unknown as LogWriter;
  const queue = new AppendQueue();
  const stream = new SealedStream('queue-1');
  queue.add(stream.name, [stream.seal()], 'noStream');
  const reason = String.raw`The log cannot be read: malformed schema (\u001b[2J).`;
  expect(damageIn(commitGroup(writer, queue.take(), () => undefined))).toMatchObject({ status: 'damaged', reason });
});
