import { expect, it, jest } from '@jest/globals';
import { LogUnavailable } from '@deskside/event-store';
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

it('a look is given, and said to be unrecorded, also while the log cannot even be read; a bug is not taken for that', async () => {
  const at = { now: () => new Date('2026-11-21T09:00:00.000Z') };
  const unreachable = new LogUnavailable({ code: 'LOG_UNAVAILABLE', sentence: 'It is not there.' });
  const handle = jest.fn<CommandPath['handle']>().mockRejectedValueOnce(unreachable);
  const commands = { handle } as unknown as CommandPath;
  const journal = new AccessJournal({ commands, clock: at, bootId: 'boot', log: new Log('silent') });
  const look = { type: 'SiteHistoryRead', payload: {} } as const;
  const caller = { kind: 'system', id: 'auditor', correlationId: 'c' } as const;
  expect(await journal.recordLook(look, caller)).toBe(null);
  handle.mockRejectedValueOnce(new TypeError('a bug'));
  await expect(journal.recordLook(look, caller)).rejects.toThrow('a bug');
  handle.mockResolvedValueOnce(refused('NOT_ALLOWED'));
  await expect(journal.recordLook(look, caller)).rejects.toThrow('NOT_ALLOWED');
});
