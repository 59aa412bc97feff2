import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeSigningKey, SealedStream, startSigner } from '../contract';
import type { EventStore } from '../event-store';
import { auditLog, readHead, sentenceOf } from '../integrity';
import { headFileOf } from './log-schema';
import { openSqliteEventStore } from './sqlite-event-store';
import { openSqliteLogReader } from './sqlite-log-reader';

jest.setTimeout(60_000); // a busy disk is slow; this bounds a hang

const privateKey = makeSigningKey();
let folder: string;
let made: string;
let file: string;

/** 8 streams of 12 events in turn, a checkpoint every 10 events and one at the end; then 5 more events of a ninth. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deskside-tampering-'));
  made = join(folder, 'made');
  file = join(folder, 'log.db');
  const store = await openSqliteEventStore({ file: made });
  const signer = await startSigner(store, privateKey, { everyEvents: 10 });
  const streams = Array.from({ length: 8 }, (_, at) => new SealedStream(`queue-${at}`));
  for (let round = 0; round < 12; round++)
    for (const stream of streams) await store.append(stream.name, [stream.seal()], 'any');
  await signer.close(5000);
  const last = new SealedStream('queue-8');
  for (let round = 0; round < 5; round++) await store.append(last.name, [last.seal()], 'any');
  await store.close();
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  for (const suffix of ['', '-head', '-wal', '-shm', '-lock']) rmSync(file + suffix, { force: true });
  cpSync(made, file);
  cpSync(headFileOf(made), headFileOf(file));
});

/** As somebody does who knows SQLite and leaves no other trace. */
function tamper(sql: string): void {
  const db = new DatabaseSync(file);
  db.exec(sql);
  db.close();
}

function rows(): unknown {
  const db = new DatabaseSync(file, { readOnly: true });
  const found = db.prepare('SELECT * FROM event').all();
  db.close();
  return found;
}

const closeUp = `
  CREATE TEMP TABLE kept AS SELECT row_number() OVER (ORDER BY position) AS place, position FROM event;
  UPDATE event SET position = -(SELECT place FROM kept WHERE kept.position = event.position);
  UPDATE event SET position = -position`;
const stream = (name: string): string => `(SELECT id FROM stream WHERE name = '${name}')`;
const lastOf3 = `DELETE FROM event WHERE stream = ${stream('queue-3')} AND revision = 11`;
const allOf3 = `DELETE FROM event WHERE stream = ${stream('queue-3')}; DELETE FROM stream WHERE name = 'queue-3'`;
const swap = (a: number, b: number): string =>
  `UPDATE event SET position = -1 WHERE position = ${a}; UPDATE event SET position = ${a} WHERE position = ${b};
   UPDATE event SET position = ${b} WHERE position = -1`;

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
    sql: swap(20, 27),
    says: [
      'Event 3 of queue-0 does not stand where it was written.',
      'Event 2 of queue-2 does not stand where it was written.',
    ],
  },
];

describe('a log that was tampered with by somebody who leaves no other trace', () => {
  it('is whole as it was made', async () => {
    expect(await verified()).toEqual([]);
    const store = await openSqliteEventStore({ file });
    expect(store.integrity().status).toBe('whole');
    await store.close();
  });

  it.each(tamperings)('misses $what', async ({ sql, says }) => {
    tamper(sql);
    const found = await verified();
    for (const sentence of says) expect(found).toContain(sentence);
    const before = rows();
    const store = await openSqliteEventStore({ file });
    await saysAtLast(store, says[0] ?? '');
    const more = new SealedStream('queue-9');
    expect(await store.append(more.name, [more.seal()], 'noStream')).toMatchObject({ code: 'LOG_READ_ONLY' });
    await store.close();
    expect(rows()).toEqual(before);
  });
});

/** A start says it at once, or as soon as it has read the log again. */
async function saysAtLast(store: EventStore, sentence: string): Promise<void> {
  for (;;) {
    const integrity = store.integrity();
    if (integrity.status === 'damaged' && integrity.reason.includes(sentence)) return;
    await nextTurn();
  }
}

async function verified(): Promise<readonly string[]> {
  const reader = await openSqliteLogReader({ file });
  const head = readHead(headFileOf(file));
  const audit = await auditLog(reader, { hasRowPositions: true, head, elsewhere: null });
  await reader.close();
  return audit.findings.map(sentenceOf);
}
