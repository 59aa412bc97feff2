import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeSigningKey, SealedStream } from '../contract';
import type { SignedCheckpoint } from '@deskside/domain';
import type { StreamName } from '../event-store';
import { damageBefore, sentenceOf, signState } from '../integrity';
import { another, closeUp, edited, lastOf3, LogUnderAttack, position, stream, withId } from './log-under-attack';
import type { Row } from './log-under-attack';
import { openSqliteEventStore } from './sqlite-event-store';
import { damageOfFile } from './start-check';

jest.setTimeout(60_000); // a busy disk is slow; this bounds a hang

const log = new LogUnderAttack();
beforeAll(() => log.make());
beforeEach(() => log.putBack());
afterAll(() => log.remove());

const allOf3 = `DELETE FROM event WHERE stream = ${stream('queue-3')}; DELETE FROM stream WHERE name = 'queue-3'`;
const swapped = `
  CREATE TEMP TABLE two AS SELECT ${position('queue-0', 3)} AS a, ${position('queue-2', 2)} AS b;
  UPDATE event SET position = -1 WHERE position = (SELECT a FROM two);
  UPDATE event SET position = (SELECT a FROM two) WHERE position = (SELECT b FROM two);
  UPDATE event SET position = (SELECT b FROM two) WHERE position = -1`;
const renamed = `UPDATE stream SET name = 'queue-x' WHERE name = 'queue-3'`;

interface Tampering {
  readonly what: string;
  readonly sql: string;
  /** What an audit says, and the start: at once, or as soon as it has read the log again. */
  readonly says: readonly string[];
}

const tamperings: readonly Tampering[] = [
  { what: 'the last event of a stream, a hole left', sql: lastOf3, says: ['Event 11 of queue-3 is missing.'] },
  {
    what: 'the last event of a stream, the hole closed',
    sql: `${lastOf3}; ${closeUp}`,
    says: ['Event 11 of queue-3 is missing.'],
  },
  {
    what: 'a whole session, holes left',
    sql: allOf3,
    says: ['The whole stream queue-3 is missing, 12 events.'],
  },
  {
    what: 'a whole session, the holes closed',
    sql: `${allOf3}; ${closeUp}`,
    says: ['The whole stream queue-3 is missing, 12 events.'],
  },
  {
    what: 'the last twenty events',
    sql: `DELETE FROM event WHERE position > (SELECT max(position) - 20 FROM event)`,
    says: ['The log ends at position 91, but the event at position 111 had been written.'],
  },
  {
    what: 'two positions swapped',
    sql: swapped,
    says: [
      'Event 3 of queue-0 does not stand where it was written.',
      'Event 2 of queue-2 does not stand where it was written.',
    ],
  },
  {
    what: 'its own stream name',
    sql: renamed,
    says: ['Event 0 of queue-x is not as it was sealed. Its stream is not the one in its sealed bytes.'],
  },
  {
    what: 'bytes in a part that counts as verified',
    sql: `UPDATE event SET body = replace(body, 'contract', 'contrast') WHERE position = ${position('queue-5', 7)};
      UPDATE meta SET value = '1000000' WHERE name = 'verified'`,
    says: ['Event 7 of queue-5 is not as it was sealed. Its hash does not fit its bytes and the event before it.'],
  },
  {
    what: 'all checkpoints',
    sql: `DELETE FROM event WHERE stream = ${stream('integrity')}; ${closeUp}`,
    says: ['The log ends at position 101, but the event at position 111 had been written.'],
  },
];
describe('a log that was tampered with by somebody who leaves no other trace', () => {
  it('is whole as it was made', async () => {
    expect(await log.verified()).toEqual([]);
    const store = await openSqliteEventStore({ file: log.file });
    expect(store.integrity().status).toBe('whole');
    await store.close();
  });

  it('says of two events that changed places that they were moved, and nothing else', async () => {
    log.tamper(swapped);
    expect(await log.verified()).toEqual(tamperings.find(({ sql }) => sql === swapped)?.says);
  });

  it.each(tamperings)('misses $what', async ({ sql, says }) => {
    log.tamper(sql);
    const found = await log.verified();
    for (const sentence of says) expect(found).toContain(sentence);
    const before = log.rows();
    const { store, incidents } = await log.opened(says[0] ?? '');
    const known = store.integrity();
    store.distrust('Another place knows of more events.');
    expect(store.integrity()).toEqual(known);
    expect(incidents.filter(({ kind }) => kind === 'logDamaged')).toHaveLength(1);
    const more = new SealedStream('queue-9');
    expect(await store.append(more.name, [more.seal()], 'noStream')).toMatchObject({ code: 'LOG_READ_ONLY' });
    await store.close();
    expect(log.rows()).toEqual(before);
  });
});

describe('a log into which somebody has written what is no event', () => {
  it('is read by nobody for ever, however large it claims to have been', async () => {
    const own = makeSigningKey();
    const size = '9'.repeat(400);
    log.reseal((all) => {
      const last = all.findLast((row) => row.type === 'LogCheckpointSigned') as Row;
      const claimed = edited(last, ({ checkpoint, ...rest }) => {
        const state = { ...(checkpoint as SignedCheckpoint), size };
        return { ...rest, checkpoint: signState(state, { siteId: 'site', statement: null }, own) };
      });
      return [...all, withId(claimed, another)];
    });
    expect(await log.verified()).toContainEqual(
      expect.stringMatching(/^Event \d+ of integrity, a checkpoint, does not have/),
    );
    await (await openSqliteEventStore({ file: log.file })).close();
  });

  it.each([
    ['a trigger', `CREATE TRIGGER t BEFORE INSERT ON event BEGIN SELECT RAISE(IGNORE); END`, 'trigger t'],
    ['a view', 'CREATE VIEW v AS SELECT * FROM event', 'view v'],
    ['another index', 'DROP INDEX event_id; CREATE INDEX event_id ON event (id)', 'index event_id'],
    [
      'an index of a part',
      `DROP INDEX event_place; CREATE UNIQUE INDEX event_place ON event (stream, revision) WHERE position > 10`,
      'index event_place',
    ],
  ])('is read-only beside %s', async (_, sql, what) => {
    log.tamper(sql);
    const sentence = `The file of the log is damaged: it contains what is not its own (${what}).`;
    expect((await log.verified()).length).toBe(0);
    expect(damageOfFile({ file: log.file })).toBe(sentence);
    const store = await openSqliteEventStore({ file: log.file });
    expect(store.integrity()).toMatchObject({ status: 'damaged', reason: sentence });
    await store.close();
  });

  it('can be read, and is read-only, where two events stand in one place', async () => {
    log.tamper(`DROP INDEX event_place; DROP INDEX event_id;
      INSERT INTO event SELECT (SELECT max(position) + 1 FROM event), stream, revision, type, id, hash, body
      FROM event WHERE position = ${position('queue-3', 4)}`);
    expect(damageOfFile({ file: log.file })).toBe(
      'The file of the log is damaged: two of its events stand in one place or have one id.',
    );
    const inserted = 'Event 4 of queue-3 stands where none was written.';
    expect(await log.verified()).toContain(inserted);
    const store = await openSqliteEventStore({ file: log.file });
    expect(store.integrity()).toMatchObject({ status: 'damaged', reason: inserted });
    expect(await store.readStream('queue-3' as StreamName, { from: 11n })).toHaveLength(1);
    await store.close();
  });

  it('is whole when no more than the note of what was verified is spoilt', async () => {
    log.tamper(`UPDATE meta SET value = 'abc' WHERE name = 'verified'`);
    const store = await openSqliteEventStore({ file: log.file });
    expect(store.integrity().status).toBe('whole');
    await store.close();
  });

  it('is spoken of in letters that no terminal obeys', () => {
    const stream = 'queue\u001b[2J\n' as StreamName;
    const shown = 'queue\\u001b[2J\\u000a';
    expect(sentenceOf({ kind: 'moved', stream, revision: 0n })).toBe(
      `Event 0 of ${shown} does not stand where it was written.`,
    );
    expect(damageBefore({ stream, revision: 1n }).reason).toBe(`Event 0 of ${shown} is missing.`);
    log.tamper(`CREATE VIEW "${stream}" AS SELECT * FROM event`);
    expect(damageOfFile({ file: log.file })).toContain(`(view ${shown})`);
  });
});
