import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SealedStream } from '../contract';
import type { LogIntegrity, StreamName } from '../event-store';
import { auditLog, sentenceOf } from '../integrity';
import type { WhatIsLeft } from '../integrity';
import { verifyChain } from '../seal';
import { AppendQueue } from './append-queue';
import { commitGroup, damageIn, hindranceOf } from './group-commit';
import { openLogForWriting } from './log-schema';
import { LogVerifier } from './log-verifier';
import { LogWriter } from './log-writer';
import { openSqliteEventStore } from './sqlite-event-store';
import { openSqliteLogReader } from './sqlite-log-reader';
import { damageOfFile } from './start-check';
import { openWhatIsLeft } from './what-is-left';
import type { LogIncident } from './writer-client';
import type { GroupAnswer } from './writer-messages';

jest.setTimeout(60_000); // a busy disk is slow; this bounds a hang

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskside-damage-'));
  file = join(folder, 'log.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Five events in each of three streams, appended in turn; the log closed. */
async function makeLog(): Promise<void> {
  const store = await openSqliteEventStore({ file });
  const streams = [0, 1, 2].map((at) => new SealedStream(`queue-${at}`));
  for (let round = 0; round < 5; round++) {
    for (const stream of streams) await store.append(stream.name, [stream.seal()], 'any');
  }
  await store.close();
}

function change(sql: string): void {
  const db = new DatabaseSync(file);
  db.exec(`${sql}; UPDATE meta SET value = '0' WHERE name = 'verified'`);
  db.close();
}

describe('a log whose bytes were changed', () => {
  const changes: [string, string, string][] = [
    ['body', `UPDATE event SET body = replace(body, 'contract', 'contrast') WHERE position = 8`, 'hash'],
    ['hash', `UPDATE event SET hash = zeroblob(32) WHERE position = 8`, 'hash'],
    ['type', `INSERT INTO type (id, name) VALUES (9, 'x'); UPDATE event SET type = 9 WHERE position = 8`, 'type'],
    ['id', `UPDATE event SET id = zeroblob(16) WHERE position = 8`, 'id'],
  ];
  it.each(changes)('in its %s is read-only, names the event, reads on and stays as it is', async (_, sql, word) => {
    await makeLog();
    change(sql);
    const before = readFileSync(file);
    const store = await openSqliteEventStore({ file });
    const found = store.integrity();
    expect(found).toMatchObject({ status: 'damaged', place: { stream: 'queue-1', revision: 2n } });
    expect((found as Extract<LogIntegrity, { status: 'damaged' }>).reason).toContain(word);
    const stream = new SealedStream('queue-9');
    expect(await store.append(stream.name, [stream.seal()], 'noStream')).toMatchObject({
      ok: false,
      code: 'LOG_READ_ONLY',
      reason: expect.stringContaining('queue-1'),
    });
    expect((await store.readAll({ after: null })).events).toHaveLength(15);
    await store.close();
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('and lost an event names it', async () => {
    await makeLog();
    change('DELETE FROM event WHERE position = 8');
    const store = await openSqliteEventStore({ file });
    expect(store.integrity()).toMatchObject({ status: 'damaged', place: { stream: 'queue-1', revision: 2n } });
    await store.close();
  });

  it('in a part that earlier starts have verified is found soon after the start, and read-only from then on', async () => {
    await makeLog();
    const db = new DatabaseSync(file);
    db.exec(`UPDATE event SET body = replace(body, 'contract', 'contrast') WHERE position = 2`);
    db.close();
    const before = readFileSync(file);
    let found: () => void = () => undefined;
    const isFound = new Promise<void>((resolve) => (found = resolve));
    const onIncident = ({ kind }: LogIncident): void => void (kind === 'logDamaged' && found());
    const store = await openSqliteEventStore({ file, onIncident });
    await isFound;
    expect(store.integrity()).toMatchObject({ place: { stream: 'queue-1', revision: 0n } });
    const stream = new SealedStream('queue-9');
    expect(await store.append(stream.name, [stream.seal()], 'noStream')).toMatchObject({ code: 'LOG_READ_ONLY' });
    await store.close();
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  function noted(): unknown {
    const db = new DatabaseSync(file);
    const row = db.prepare(`SELECT value FROM meta WHERE name = 'verified'`).get();
    db.close();
    return row?.['value'];
  }

  it('and is opened as it is counts as verified only once that was written down', async () => {
    await makeLog();
    change(`UPDATE event SET body = replace(body, 'contract', 'contrast') WHERE position = 8`);
    let store = await openSqliteEventStore({ file, acceptLoss: true, verifyAgain: false });
    await store.close();
    expect(noted()).toBeUndefined();
    store = await openSqliteEventStore({ file, acceptLoss: true, verifyAgain: false });
    const stream = new SealedStream('queue-9');
    await store.append(stream.name, [stream.seal()], 'noStream');
    await store.close();
    expect(noted()).toBe('15');
  });

  it('checks from the last verified position on before it answers', async () => {
    await makeLog();
    let store = await openSqliteEventStore({ file });
    expect(store.integrity()).toEqual({ status: 'whole', verifiedUpTo: '15' });
    await store.close();
    expect(noted()).toBe('15');
    store = await openSqliteEventStore({ file });
    expect(store.integrity()).toEqual({ status: 'whole', verifiedUpTo: '15' });
    await store.close();
  });
});

describe('a log of which a page was zeroed', () => {
  const pageSize = 4096;

  it('is read but for what stood there, whichever page it is', async () => {
    await makeLog();
    const made = readFileSync(file);
    const partlyRead: (string | undefined)[] = [];
    for (let page = 1; page < made.length / pageSize; page++) {
      const zeroed = Buffer.from(made);
      zeroed.fill(0, page * pageSize, (page + 1) * pageSize);
      writeFileSync(file, zeroed);
      const reader = await openSqliteLogReader({ file });
      const whatIsLeft = (): Promise<WhatIsLeft> => openWhatIsLeft({ file });
      const known = { hasRowPositions: true, head: null, elsewhere: null };
      const audit = await auditLog(reader, { ...known, whatIsLeft });
      await reader.close();
      const { events, unreadable, findings } = audit;
      const isFound = findings.length > 0 || damageOfFile({ file }) !== null;
      expect([page, events + unreadable, isFound, findings.length > 0]).toEqual([page, 15, true, unreadable > 0]);
      if (unreadable > 0 && events > 0) partlyRead.push(findings.map(sentenceOf)[0]);
    }
    const cannotBeRead = /^The events at positions \d+ to \d+ cannot be read: .*malformed\.$/;
    expect(partlyRead).toEqual(Array.from({ length: 2 }, () => expect.stringMatching(cannotBeRead)));
  });

  it('opens read-only whichever page it is, and stays as it is; only the first one makes it no log', async () => {
    await makeLog();
    const made = readFileSync(file);
    for (let page = 1; page < made.length / pageSize; page++) {
      const zeroed = Buffer.from(made);
      zeroed.fill(0, page * pageSize, (page + 1) * pageSize);
      writeFileSync(file, zeroed);
      const store = await openSqliteEventStore({ file });
      expect([page, store.integrity()]).toEqual([
        page,
        {
          status: 'damaged',
          place: null,
          reason: expect.stringMatching(/ cannot be read|^The file of the log is damaged/),
        },
      ]);
      await store.close();
      expect(readFileSync(file).equals(zeroed)).toBe(true);
    }
    writeFileSync(file, Buffer.concat([Buffer.alloc(pageSize), made.subarray(pageSize)]));
    await expect(openSqliteEventStore({ file })).rejects.toMatchObject({ code: 'LOG_UNREADABLE' });
    expect(made.length / pageSize).toBeGreaterThan(8);
  });
});

describe('LogVerifier', () => {
  it('works in steps, remembers where it stands and finds damage in a later step', async () => {
    await makeLog();
    change(`UPDATE event SET body = body || ' ' WHERE position = 12`);
    const db = openLogForWriting(file);
    const first = new LogVerifier(db);
    expect(first.step(5)).toBe(true);
    expect(first.integrity).toEqual({ status: 'verifying', verifiedUpTo: '5' });
    first.save();
    const second = new LogVerifier(db);
    expect(second.integrity).toEqual({ status: 'verifying', verifiedUpTo: '5' });
    expect(second.step(5)).toBe(true);
    expect(second.step(5)).toBe(false);
    expect(second.integrity).toMatchObject({ status: 'damaged', place: { stream: 'queue-2', revision: 3n } });
    db.close();
  });
});

describe('a file that is spoilt while the log is open', () => {
  it('is damage, and told as that, once an append meets it', async () => {
    const incidents: LogIncident[] = [];
    const store = await openSqliteEventStore({ file, onIncident: (incident) => void incidents.push(incident) });
    const [known, late] = [new SealedStream('queue-1'), new SealedStream('queue-2')];
    await store.append(known.name, known.sealMany(5), 'noStream');
    const other = new DatabaseSync(file);
    other.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    other.prepare('SELECT * FROM meta').all();
    const page = Number(other.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'stream'`).get()?.['rootpage']);
    writeFileSync(file, readFileSync(file).fill(0xff, (page - 1) * 4096, page * 4096));
    // What another connection has written makes the one that appends read its pages again.
    other.exec(`INSERT INTO meta VALUES ('other', '')`);
    other.close();
    const result = await store.append(late.name, [late.seal()], 'noStream');
    expect(result).toMatchObject({ code: 'LOG_READ_ONLY', reason: expect.stringContaining('malformed') });
    expect(store.integrity()).toMatchObject({ status: 'damaged', place: null });
    expect([store.trouble(), incidents.map(({ kind }) => kind)]).toEqual([null, ['logDamaged']]);
    await store.close();
  });
});

describe('a file that cannot be a log', () => {
  it('that is no database is refused in one sentence', async () => {
    writeFileSync(file, 'not a database, but long enough to look at. '.repeat(50));
    await expect(openSqliteEventStore({ file })).rejects.toMatchObject({
      code: 'LOG_UNREADABLE',
      message: expect.stringMatching(
        /^The event log .* cannot be used: .*not a database\. Restore it from a backup\.$/,
      ),
    });
  });

  it('that lost its last page is refused in one sentence and stays as it is', async () => {
    await makeLog();
    truncateSync(file, statSync(file).size - 4096);
    const before = readFileSync(file);
    await expect(openSqliteEventStore({ file })).rejects.toMatchObject({
      code: 'LOG_UNREADABLE',
      message: expect.stringMatching(
        /^The event log .* is cut off: \d+ of \d+ bytes are there\. Restore it from a backup\.$/,
      ),
    });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('that another writer holds is refused in one sentence', async () => {
    const store = await openSqliteEventStore({ file });
    await expect(openSqliteEventStore({ file })).rejects.toMatchObject({
      code: 'LOG_IN_USE',
      message: expect.stringContaining('in use by another process'),
    });
    await store.close();
    await (await openSqliteEventStore({ file })).close();
  });
});

describe('a full disk', () => {
  const codes = (answer: GroupAnswer): unknown[] => answer.others.map(([, result]) => (result.ok ? 'ok' : result.code));

  it('fails the group whole, writes nothing of it and recovers by itself when there is room', () => {
    const db = openLogForWriting(file);
    const writer = new LogWriter(db, 1_000_000);
    const send = (...streams: SealedStream[]): GroupAnswer => {
      const queue = new AppendQueue();
      for (const stream of streams) {
        const expected = stream.revision < 0n ? 'noStream' : stream.revision;
        queue.add(stream.name, [stream.seal({ payload: 'x'.repeat(40_000) })], expected);
      }
      return commitGroup(writer, queue.take(), () => undefined);
    };
    const [first, second] = [new SealedStream('queue-1'), new SealedStream('queue-2')];
    expect(send(first).others).toEqual([]);
    const head = writer.head;
    const kept = db.prepare('SELECT hash FROM event').get()?.['hash'] as Uint8Array;

    const pages = Number(db.prepare('PRAGMA page_count').get()?.['page_count']);
    db.exec(`PRAGMA max_page_count = ${pages + 5}`); // SQLite answers as it does for a full disk: SQLITE_FULL
    const full = send(first, second);
    expect(codes(full)).toEqual(['LOG_DISK_FULL', 'LOG_DISK_FULL']);
    expect(hindranceOf(full)).toMatchObject({ code: 'LOG_DISK_FULL' });
    expect(writer.head).toBe(head);
    expect(db.prepare('SELECT count(*) AS events FROM event').get()?.['events']).toBe(1);

    db.exec('PRAGMA max_page_count = 100000');
    first.continueAfter(0n, kept);
    const again = new SealedStream('queue-2');
    const answer = send(first, again);
    expect(answer.others).toEqual([]);
    expect(hindranceOf(answer)).toBeNull();
    expect([...answer.revisions]).toEqual([1n, 0n]);
    const rows = db.prepare('SELECT revision, hash, body FROM event WHERE stream = 1 ORDER BY revision').all();
    const events = rows.map((row) => ({ ...row, revision: BigInt(Number(row['revision'])) })) as never;
    expect(verifyChain(events).whole).toBe(true);
    db.close();
  });

  it('a medium that refuses is LOG_UNAVAILABLE with its reason, and no damage', () => {
    const db = openLogForWriting(file);
    const writer = new LogWriter(db, 1_000_000);
    db.exec('PRAGMA query_only = ON');
    const queue = new AppendQueue();
    const stream = new SealedStream('queue-1');
    queue.add('queue-1' as StreamName, [stream.seal()], 'noStream');
    const answer = commitGroup(writer, queue.take(), () => undefined);
    expect(codes(answer)).toEqual(['LOG_UNAVAILABLE']);
    expect(hindranceOf(answer)).toMatchObject({ code: 'LOG_UNAVAILABLE' });
    expect(damageIn(answer)).toBeNull();
    expect(writer.canWrite()).toBe(false);
    db.exec('PRAGMA query_only = OFF');
    expect(writer.canWrite()).toBe(true);
    db.close();
  });
});
