import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeSigningKey, SealedStream, startSigner } from '../contract';
import type { SignedCheckpoint } from '@deskside/domain';
import type { EventStore, StreamName } from '../event-store';
import { auditLog, endOfIntegrity, INTEGRITY_STREAM, publicKeyOf, readHead, sentenceOf, signState } from '../integrity';
import type { LogState } from '../integrity';
import { GENESIS_HASH, readEnvelope, sealEvent } from '../seal';
import { headFileOf } from './log-schema';
import { openSqliteEventStore } from './sqlite-event-store';
import { openSqliteLogReader } from './sqlite-log-reader';
import { damageOfFile } from './start-check';
import type { LogIncident } from './writer-client';

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
const position = (name: string, revision: number): string =>
  `(SELECT position FROM event WHERE stream = ${stream(name)} AND revision = ${revision})`;
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

interface Row {
  readonly stream: string;
  readonly revision: bigint;
  readonly type: string;
  readonly body: string;
}
type Change = (rows: readonly Row[]) => readonly Row[];

/** The whole log written anew, each stream with a chain of hashes that fits, as somebody does who knows how it is sealed. */
function resealed(change: Change): void {
  const db = new DatabaseSync(file);
  const found = db
    .prepare(
      `SELECT stream.name AS stream, type.name AS type, body FROM event JOIN stream ON stream.id = event.stream
       JOIN type ON type.id = event.type ORDER BY position`,
    )
    .all() as unknown as Row[];
  const given = found.map((row) => ({ ...row, revision: BigInt(readEnvelope(row).revision) }));
  db.exec('DELETE FROM event');
  const insert = db.prepare(
    `INSERT INTO event SELECT ?, stream.id, ?, type.id, ?, ?, ? FROM stream, type WHERE stream.name = ? AND type.name = ?`,
  );
  const ends = new Map<string, { revision: bigint; hash: Uint8Array }>();
  change(given).forEach((row, at) => {
    const end = ends.get(row.stream) ?? { revision: -1n, hash: GENESIS_HASH };
    const revision = end.revision + 1n;
    const envelope = { ...readEnvelope(row), revision: revision.toString() };
    const { id, body, hash } = sealEvent(envelope, end.hash);
    insert.run(at + 1, revision, Buffer.from(id.replaceAll('-', ''), 'hex'), hash, body, row.stream, row.type);
    ends.set(row.stream, { revision, hash });
  });
  // The head as well: it lies in the same folder.
  const last = db.prepare('SELECT position, lower(hex(hash)) AS hash FROM event ORDER BY position DESC LIMIT 1').get();
  db.close();
  writeFileSync(headFileOf(file), JSON.stringify({ position: String(last?.['position']), hash: last?.['hash'] }));
}

const isAt = (name: string, revision: bigint) => (row: Row) => row.stream === name && row.revision === revision;
const edited = (row: Row, change: (payload: Record<string, unknown>) => unknown): Row => {
  const envelope = readEnvelope<Record<string, unknown>>(row);
  return { ...row, body: JSON.stringify({ ...envelope, payload: change(envelope.payload) }) };
};
const withId = (row: Row, id: string): Row => ({ ...row, body: JSON.stringify({ ...readEnvelope(row), id }) });
const another = 'a0000000-0000-5000-8000-000000000000';

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
    resealed((all) => all);
    expect(await verified()).toEqual([]);
  });

  it.each(rewritings)('is not whole with $what', async ({ change, says }) => {
    resealed(change);
    expect(await verified()).toContainEqual(expect.stringMatching(says));
    const { store } = await opened('');
    await store.close();
  });

  it('and signed anew with another key is not whole for whoever knows the key of the site', async () => {
    const other = makeSigningKey();
    const store = await openSqliteEventStore({ file: join(folder, 'other.db') });
    const signer = await startSigner(store, other, { everyEvents: 10 });
    const forged = new SealedStream('queue-0');
    for (let round = 0; round < 20; round++) await store.append(forged.name, [forged.seal()], 'any');
    await signer.close(5000);
    const known = { hasRowPositions: true, head: null, elsewhere: null };
    expect((await auditLog(store, known)).findings).toEqual([]);
    const { findings } = await auditLog(store, { ...known, key: publicKeyOf(privateKey) });
    expect(findings.map(sentenceOf)).toEqual([
      `A checkpoint is signed by the key ${publicKeyOf(other)}, and not by ${publicKeyOf(privateKey)}, the key of the site.`,
    ]);
    await store.close();
  });
});

describe('a log that was tampered with by somebody who leaves no other trace', () => {
  it('is whole as it was made', async () => {
    expect(await verified()).toEqual([]);
    const store = await openSqliteEventStore({ file });
    expect(store.integrity().status).toBe('whole');
    await store.close();
  });

  it('says of two events that changed places that they were moved, and nothing else', async () => {
    tamper(swapped);
    expect(await verified()).toEqual(tamperings.find(({ sql }) => sql === swapped)?.says);
  });

  it.each(tamperings)('misses $what', async ({ sql, says }) => {
    tamper(sql);
    const found = await verified();
    for (const sentence of says) expect(found).toContain(sentence);
    const before = rows();
    const { store, incidents } = await opened(says[0] ?? '');
    const known = store.integrity();
    store.distrust('Another place knows of more events.');
    expect(store.integrity()).toEqual(known);
    expect(incidents.filter(({ kind }) => kind === 'logDamaged')).toHaveLength(1);
    const more = new SealedStream('queue-9');
    expect(await store.append(more.name, [more.seal()], 'noStream')).toMatchObject({ code: 'LOG_READ_ONLY' });
    await store.close();
    expect(rows()).toEqual(before);
  });
});

describe('a log in which a loss was accepted', () => {
  /** The last event of queue-3 is gone, and that is accepted; then come a dozen events more, and checkpoints. */
  beforeEach(async () => {
    tamper(`${lastOf3}; ${closeUp}`);
    const store = await openSqliteEventStore({ file, acceptLoss: true, verifyAgain: false });
    const known = { hasRowPositions: true, head: readHead(headFileOf(file)), elsewhere: null, withContents: true };
    const { state, contents, findings } = await auditLog(store, known);
    expect(findings.map(sentenceOf)).toContain('Event 11 of queue-3 is missing.');
    const statement = { type: 'LogLossAccepted', newer: null, contents } as const;
    const checkpoint = signState(state as LogState, { siteId: 'site', statement }, privateKey);
    const integrity = new SealedStream('integrity');
    const end = await endOfIntegrity(store);
    integrity.continueAfter(end.revision, end.hash);
    const payload = { checkpoint, newer: null, contents, losses: [], findings: [] };
    await store.append(INTEGRITY_STREAM, [integrity.seal({ type: 'LogLossAccepted', payload })], end.revision);
    const signer = await startSigner(store, privateKey, { everyEvents: 3 });
    const later = new SealedStream('queue-9');
    for (let round = 0; round < 12; round++) await store.append(later.name, [later.seal()], 'any');
    await signer.close(5000);
    await store.close();
  });

  it('is whole, and can be started', async () => {
    expect(await verified()).toEqual([]);
    const store = await openSqliteEventStore({ file });
    expect(store.integrity().status).toBe('whole');
    await store.close();
  });

  it('is not whole when an event from before that is changed later', async () => {
    tamper(`UPDATE event SET body = replace(body, 'contract', 'contrast') WHERE position = ${position('queue-5', 7)}`);
    const changed =
      'Event 7 of queue-5 is not as it was sealed. Its hash does not fit its bytes and the event before it.';
    expect(await verified()).toContain(changed);
    await (await opened(changed)).store.close();
  });

  it('is not whole when the acceptance stands once more at its end, to cover what was changed since', async () => {
    const isAccepted = ({ type }: Row): boolean => type === 'LogLossAccepted';
    const edit = (row: Row): Row => (isAt('queue-9', 4n)(row) ? edited(row, () => ({ number: 99 })) : row);
    resealed((all) => [...all.map(edit), ...all.filter(isAccepted).map((row) => withId(row, another))]);
    expect(await verified()).toContain(
      'Event 4 of queue-9 is not as it was sealed. Its hash is not the one that was signed.',
    );
  });
});

describe('a log into which somebody has written what is no event', () => {
  it('is read by nobody for ever, however large it claims to have been', async () => {
    const own = makeSigningKey();
    const size = '9'.repeat(400);
    resealed((all) => {
      const last = all.findLast((row) => row.type === 'LogCheckpointSigned') as Row;
      const claimed = edited(last, ({ checkpoint, ...rest }) => {
        const state = { ...(checkpoint as SignedCheckpoint), size };
        return { ...rest, checkpoint: signState(state, { siteId: 'site', statement: null }, own) };
      });
      return [...all, withId(claimed, another)];
    });
    expect(await verified()).toContainEqual(
      expect.stringMatching(/^Event \d+ of integrity, a checkpoint, does not have/),
    );
    await (await openSqliteEventStore({ file })).close();
  });

  it.each([
    ['a trigger', `CREATE TRIGGER t BEFORE INSERT ON event BEGIN SELECT RAISE(IGNORE); END`, 'trigger t'],
    ['a view', 'CREATE VIEW v AS SELECT * FROM event', 'view v'],
    ['another index', 'DROP INDEX event_id; CREATE INDEX event_id ON event (id)', 'index event_id'],
  ])('is read-only beside %s', async (_, sql, what) => {
    tamper(sql);
    const sentence = `The file of the log is damaged: it contains what is not its own (${what}).`;
    expect(damageOfFile({ file })).toBe(sentence);
    const store = await openSqliteEventStore({ file });
    expect(store.integrity()).toMatchObject({ status: 'damaged', reason: sentence });
    await store.close();
  });

  it('is whole when no more than the note of what was verified is spoilt', async () => {
    tamper(`UPDATE meta SET value = 'abc' WHERE name = 'verified'`);
    const store = await openSqliteEventStore({ file });
    expect(store.integrity().status).toBe('whole');
    await store.close();
  });

  it('is spoken of in letters that no terminal obeys', () => {
    const stream = 'queue\u001b[2J\n' as StreamName;
    expect(sentenceOf({ kind: 'moved', stream, revision: 0n })).toBe(
      'Event 0 of queue\\u001b[2J\\u000a does not stand where it was written.',
    );
  });
});

/** A start says this of the log at once, or as soon as it has read the log again. */
async function opened(sentence: string): Promise<{ store: EventStore; incidents: readonly LogIncident[] }> {
  const incidents: LogIncident[] = [];
  let said: () => void = () => undefined;
  const isSaid = new Promise<void>((resolve) => (said = resolve));
  const onIncident = (incident: LogIncident): void => {
    incidents.push(incident);
    const isAboutDamage = incident.kind === 'logDamaged' || incident.kind === 'logDamageFound';
    if (isAboutDamage && incident.reason.includes(sentence)) said();
  };
  const store = await openSqliteEventStore({ file, onIncident });
  await isSaid;
  return { store, incidents };
}

async function verified(): Promise<readonly string[]> {
  const reader = await openSqliteLogReader({ file });
  const head = readHead(headFileOf(file));
  const audit = await auditLog(reader, { hasRowPositions: true, head, elsewhere: null });
  await reader.close();
  return audit.findings.map(sentenceOf);
}
