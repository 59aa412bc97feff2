import { expect, it } from '@jest/globals';
import type { CommandPath } from '../command-path/command-path';
import { done, refused } from '../command-path/outcome';
import { Log } from '../log/logger';
import { AccessJournal } from './access-journal';

it('refusals of strangers that a full disk does not take are counted on until it does', async () => {
  const now = new Date('2026-11-21T09:00:00.000Z');
  const written: unknown[] = [];
  const log = { full: true, whileWriting: (): void => undefined };
  const commands = {
    handle: async (_decider: unknown, _about: unknown, command: { payload: { event: { payload: unknown } } }) => {
      log.whileWriting();
      if (log.full) return refused('LOG_DISK_FULL');
      written.push(command.payload.event.payload);
      return done({ position: '1' });
    },
  } as unknown as CommandPath;
  const journal = new AccessJournal({ commands, clock: { now: () => now }, bootId: 'boot', log: new Log('silent') });
  const since = now.toISOString();
  journal.countUnauthenticated('invitationLink');
  await expect(journal.flushCounted()).rejects.toThrow('LOG_DISK_FULL');
  journal.countUnauthenticated('invitationLink');
  Object.assign(log, { full: false, whileWriting: () => journal.countUnauthenticated('invitationLink') });
  await journal.flushCounted();
  Object.assign(log, { whileWriting: () => undefined });
  await journal.flushCounted();
  await journal.flushCounted();
  expect(written).toEqual([
    { kind: 'invitationLink', count: 2, since },
    { kind: 'invitationLink', count: 1, since },
  ]);
});
