import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { acceptLoss, makeSigningKey, SealedStream, startSigner } from '../contract';
import type { StreamName } from '../event-store';
import { auditLog, publicKeyOf, readHead, sentenceOf } from '../integrity';
import { headFileOf } from './log-schema';
import { summariseLogFile } from './log-summary';
import { another, closeUp, edited, isAt, lastOf3, LogUnderAttack, position, stream, withId } from './log-under-attack';
import type { Change, Row } from './log-under-attack';
import { openSqliteEventStore } from './sqlite-event-store';

jest.setTimeout(60_000); // a busy disk is slow; this bounds a hang

const log = new LogUnderAttack();
beforeAll(() => log.make());
beforeEach(() => log.putBack());
afterAll(() => log.remove());

/** Each with chains of hashes that fit, and a head that names the last event. */
const rewritings: readonly { readonly what: string; readonly change: Change; readonly says: RegExp }[] = [
  {
    what: 'an event changed',
    change: (all) => all.map((row) => (isAt('queue-3', 4n)(row) ? edited(row, () => ({ number: 99 })) : row)),
    says: /^Event 4 of queue-3 is not as it was sealed. Its hash is not the one that was signed\.$/,
  },
  {
    what: 'an event removed from the middle of its stream',
    change: (all) => all.filter((row) => !isAt('queue-3', 4n)(row)),
    says: /^Event 11 of queue-3 is missing\.$/,
  },
  {
    what: 'an event added at the end of a stream, among old ones',
    change: (all) => {
      const last = all.find(isAt('queue-3', 11n)) as Row;
      return all.flatMap((row) => (row === last ? [row, withId(row, another)] : [row]));
    },
    says: /^Event 12 of queue-3 stands where none was written\.$/,
  },
  {
    what: 'an event moved to the beginning',
    change: (all) => {
      const moved = all.find(isAt('queue-3', 0n)) as Row;
      return [moved, ...all.filter((row) => row !== moved)];
    },
    says: /^Event 0 of queue-3 does not stand where it was written\.$/,
  },
  {
    what: 'the very first event removed',
    change: (all) => all.filter((row) => !isAt('queue-0', 0n)(row)),
    says: /^Event 11 of queue-0 is missing\.$/,
  },
  {
    what: 'a checkpoint removed',
    change: (all) => all.filter((row) => !isAt('integrity', 3n)(row)),
    says: /^Event \d+ of integrity is (missing|not as it was sealed)/,
  },
  {
    what: 'the root of a checkpoint changed',
    change: (all) =>
      all.map((row) =>
        isAt('integrity', 3n)(row)
          ? edited(row, ({ checkpoint, ...rest }) => ({
              ...rest,
              checkpoint: { ...(checkpoint as object), root: Buffer.alloc(32).toString('base64') },
            }))
          : row,
      ),
    says: /^Event 3 of integrity, a checkpoint, does not have the signature that it claims\.$/,
  },
];

describe('a log that was written anew, with chains that fit', () => {
  it('is whole when nothing was changed', async () => {
    log.reseal((all) => all);
    expect(await log.verified()).toEqual([]);
  });

  it.each(rewritings)('is not whole with $what', async ({ change, says }) => {
    log.reseal(change);
    expect(await log.verified()).toContainEqual(expect.stringMatching(says));
    const { store } = await log.opened('');
    await store.close();
  });

  it('and signed anew with another key is not whole for whoever knows the key of the site', async () => {
    const other = makeSigningKey();
    const store = await openSqliteEventStore({ file: join(log.folder, 'other.db') });
    const signer = await startSigner(store, other, { everyEvents: 10 });
    const forged = new SealedStream('queue-0');
    for (let round = 0; round < 20; round++) await store.append(forged.name, [forged.seal()], 'any');
    await signer.close(5000);
    const known = { hasRowPositions: true, head: null, elsewhere: null };
    expect((await auditLog(store, known)).findings).toEqual([]);
    const { findings } = await auditLog(store, { ...known, key: publicKeyOf(log.privateKey) });
    expect(findings.map(sentenceOf)).toEqual([
      `A checkpoint is signed by the key ${publicKeyOf(other)}, and not by ${publicKeyOf(log.privateKey)}, the key of the site.`,
    ]);
    await store.close();
  });
});

describe('a log in which a loss was accepted', () => {
  /** The last event of queue-3 is gone, and that is accepted; then come a dozen events more, and checkpoints. */
  beforeEach(async () => {
    log.tamper(`${lastOf3}; ${closeUp}`);
    const store = await openSqliteEventStore({ file: log.file, acceptLoss: true, verifyAgain: false });
    const known = { hasRowPositions: true, head: readHead(headFileOf(log.file)) };
    expect(await acceptLoss(store, log.privateKey, known)).toContain('Event 11 of queue-3 is missing.');
    const signer = await startSigner(store, log.privateKey, { everyEvents: 3 });
    const later = new SealedStream('queue-9');
    for (let round = 0; round < 12; round++) await store.append(later.name, [later.seal()], 'any');
    await signer.close(5000);
    await store.close();
  });

  it('is whole, and can be started', async () => {
    expect(await log.verified()).toEqual([]);
    const store = await openSqliteEventStore({ file: log.file });
    expect(store.integrity().status).toBe('whole');
    await store.close();
  });

  it('is not whole when an event from before that is changed later', async () => {
    log.tamper(
      `UPDATE event SET body = replace(body, 'contract', 'contrast') WHERE position = ${position('queue-5', 7)}`,
    );
    const changed =
      'Event 7 of queue-5 is not as it was sealed. Its hash does not fit its bytes and the event before it.';
    expect(await log.verified()).toContain(changed);
    await (await log.opened(changed)).store.close();
  });

  it('is not whole when the acceptance stands once more at its end, to cover what was changed since', async () => {
    const isAccepted = ({ type }: Row): boolean => type === 'LogLossAccepted';
    const edit = (row: Row): Row => (isAt('queue-9', 4n)(row) ? edited(row, () => ({ number: 99 })) : row);
    log.reseal((all) => [...all.map(edit), ...all.filter(isAccepted).map((row) => withId(row, another))]);
    expect(await log.verified()).toContain(
      'Event 4 of queue-9 is not as it was sealed. Its hash is not the one that was signed.',
    );
  });
});

describe('a log with a hole within a stream that was accepted', () => {
  const hole = `DELETE FROM event WHERE stream = ${stream('queue-3')} AND revision = 5`;
  const acceptedBy = async (key: KeyObject): Promise<void> => {
    log.tamper(hole);
    const store = await openSqliteEventStore({ file: log.file, acceptLoss: true, verifyAgain: false });
    const losses = await acceptLoss(store, key, { hasRowPositions: true, head: readHead(headFileOf(log.file)) });
    expect(losses).toContain('Event 5 of queue-3 is missing.');
    await store.close();
  };

  it.each([
    ['is gone', `DELETE FROM meta WHERE name = 'verified'`],
    ['is older', `UPDATE meta SET value = '3' WHERE name = 'verified'`],
    ['is spoilt', `UPDATE meta SET value = 'abc' WHERE name = 'verified'`],
  ])('takes more at the next start, though the note of what was verified %s', async (_, sql) => {
    await acceptedBy(log.privateKey);
    log.tamper(sql);
    const store = await openSqliteEventStore({ file: log.file, verifyAgain: false });
    expect(store.integrity().status).toBe('whole');
    const more = new SealedStream('queue-9');
    expect(await store.append(more.name, [more.seal()], 'noStream')).toMatchObject({ ok: true });
    await store.close();
  });

  it('is summed up by the events that are left, where they end', async () => {
    const before = summariseLogFile(log.file, 'queue-0' as StreamName);
    await acceptedBy(log.privateKey);
    const { events, head } = summariseLogFile(log.file, 'queue-0' as StreamName);
    // One is gone, and the acceptance has come.
    expect([events, head?.position]).toEqual([before.events, String(before.events + 1)]);
  });

  it('by another key than the one that signs it is read-only', async () => {
    await acceptedBy(makeSigningKey());
    log.tamper(`DELETE FROM meta WHERE name = 'verified'`);
    const store = await openSqliteEventStore({ file: log.file, verifyAgain: false });
    expect(store.integrity().status).toBe('damaged');
    await store.close();
  });
});
