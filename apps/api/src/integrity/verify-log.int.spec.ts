import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { auditLog, INTEGRITY_STREAM, signState } from '@deskside/event-store';
import type { EventStore, LogState } from '@deskside/event-store';
import { makeSigningKey, SealedStream } from '@deskside/event-store/contract';
import { openKurrentEventStore } from '@deskside/event-store/kurrentdb';
import { KurrentDbDouble } from '@deskside/event-store/kurrentdb/double';
import { openSqliteEventStore } from '@deskside/event-store/sqlite';
import { readSettings } from '../settings/settings';
import { verifyLog } from './verify-log';

const [obeyed, shown] = ['\u001b[2J', '\\u001b[2J'];

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'deskside-verify-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

async function linesOf(from: string): Promise<readonly string[]> {
  return (await verifyLog(readSettings({ DESKSIDE_DATA_DIR: dataDir }), from, () => undefined)).lines;
}

async function appendTo(store: EventStore): Promise<void> {
  const stream = new SealedStream('queue');
  await store.append(stream.name, [stream.seal()], 'noStream');
  await store.close();
}

it('what names the last event of a log is said to be missing or damaged only where it is', async () => {
  const head = join(dataDir, 'log.db-head');
  await appendTo(await openSqliteEventStore({ file: join(dataDir, 'log.db') }));
  const saidOf = async (): Promise<string | undefined> =>
    (await linesOf(dataDir)).find((line) => line.includes('last event'));
  expect(await saidOf()).toBeUndefined();
  writeFileSync(head, '{');
  expect(await saidOf()).toMatch(/^The file beside it that names its last event \(log\.db-head\) is damaged: /);
  rmSync(head);
  expect(await saidOf()).toMatch(/^Nothing beside it names its last event \(log\.db-head\): /);
});

it.each([
  ['the index event_place', 'DROP INDEX event_place'],
  ['the index event_id', 'DROP INDEX event_id'],
  ['the indexes event_place and event_id', 'DROP INDEX event_place; DROP INDEX event_id'],
])('a log without %s is read, and it is said that a start makes them anew', async (names, sql) => {
  const file = join(dataDir, 'log.db');
  await appendTo(await openSqliteEventStore({ file }));
  const db = new DatabaseSync(file);
  db.exec(sql);
  db.close();
  const sentence = `Its file lacks ${names}: the next start of a server makes what is missing anew.`;
  const lines = await linesOf(dataDir);
  expect(lines).toContain(sentence);
  expect(lines.at(-1)).toBe('The log is whole.');
  const started = await openSqliteEventStore({ file });
  expect(started.integrity().status).toBe('whole');
  await started.close();
  expect(await linesOf(dataDir)).toEqual(lines.filter((line) => line !== sentence));
});

it('of a log on a server no file is said to be missing that it never has', async () => {
  const double = await KurrentDbDouble.start();
  const { connectionString } = double;
  await appendTo(await openKurrentEventStore({ connectionString }));
  const lines = await linesOf(connectionString);
  await double.close();
  expect(lines.at(-1)).toBe('The log is whole.');
  expect(lines.filter((line) => line.includes('last event'))).toEqual([
    'Each server that writes it notes its last event, which is not known here: that its end was cut off would show only against the second place.',
  ]);
});

it('what somebody has written into an acceptance and its key is told in letters that no terminal obeys', async () => {
  const store = await openSqliteEventStore({ file: join(dataDir, 'log.db') });
  const stream = new SealedStream('queue');
  await store.append(stream.name, [stream.seal()], 'noStream');
  const known = { hasRowPositions: true, head: null, elsewhere: null, withContents: true };
  const { state, contents } = await auditLog(store, known);
  const statement = { type: 'LogLossAccepted', newer: null, contents } as const;
  const signed = signState(state as LogState, { siteId: 'site', statement }, makeSigningKey());
  // Base64 is read past what is none.
  const checkpoint = { ...signed, key: `${signed.key}${obeyed}` };
  const payload = { checkpoint, newer: null, contents, losses: [`All is well.${obeyed}`], findings: [] };
  const integrity = new SealedStream('integrity');
  await store.append(INTEGRITY_STREAM, [integrity.seal({ type: 'LogLossAccepted', payload })], 'noStream');
  await store.close();
  const lines = await linesOf(dataDir);
  expect(lines.join('')).not.toContain('\u001b');
  expect(lines).toContainEqual(expect.stringContaining(`All is well.${shown}`));
  expect(lines).toContainEqual(expect.stringContaining(`${signed.key}${shown}, is true.`));
});
