import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeSigningKey, SealedStream, startSigner } from '../contract';
import type { EventStore } from '../event-store';
import { auditLog, readHead, sentenceOf } from '../integrity';
import { GENESIS_HASH, readEnvelope, sealEvent } from '../seal';
import { headFileOf } from './log-schema';
import { openSqliteEventStore } from './sqlite-event-store';
import { openSqliteLogReader } from './sqlite-log-reader';
import type { LogIncident } from './writer-client';

export interface Row {
  readonly stream: string;
  readonly revision: bigint;
  readonly type: string;
  readonly body: string;
}
export type Change = (rows: readonly Row[]) => readonly Row[];

/** A log for tests that change it behind the store's back. */
export class LogUnderAttack {
  /** What signs it. */
  readonly privateKey = makeSigningKey();
  readonly folder = mkdtempSync(join(tmpdir(), 'deskside-tampering-'));
  readonly file = join(this.folder, 'log.db');
  readonly #made = join(this.folder, 'made');

  /** 8 streams of 12 events in turn, a checkpoint every 10 events and one at the end; then 5 more events of a ninth. */
  async make(): Promise<void> {
    const store = await openSqliteEventStore({ file: this.#made });
    const signer = await startSigner(store, this.privateKey, { everyEvents: 10 });
    const streams = Array.from({ length: 8 }, (_, at) => new SealedStream(`queue-${at}`));
    for (let round = 0; round < 12; round++)
      for (const stream of streams) await store.append(stream.name, [stream.seal()], 'any');
    await signer.close(5000);
    const last = new SealedStream('queue-8');
    for (let round = 0; round < 5; round++) await store.append(last.name, [last.seal()], 'any');
    await store.close();
  }

  /** As it was made. */
  putBack(): void {
    for (const suffix of ['', '-head', '-wal', '-shm', '-lock']) rmSync(this.file + suffix, { force: true });
    cpSync(this.#made, this.file);
    cpSync(headFileOf(this.#made), headFileOf(this.file));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** As somebody does who knows SQLite and leaves no other trace. */
  tamper(sql: string): void {
    const db = new DatabaseSync(this.file);
    db.exec(sql);
    db.close();
  }

  rows(): unknown {
    const db = new DatabaseSync(this.file, { readOnly: true });
    const found = db.prepare('SELECT * FROM event').all();
    db.close();
    return found;
  }

  /** The whole log written anew, each stream with a chain of hashes that fits, as somebody does who knows how it is sealed. */
  reseal(change: Change): void {
    const db = new DatabaseSync(this.file);
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
    const last = db
      .prepare('SELECT position, lower(hex(hash)) AS hash FROM event ORDER BY position DESC LIMIT 1')
      .get();
    db.close();
    writeFileSync(
      headFileOf(this.file),
      JSON.stringify({ position: String(last?.['position']), hash: last?.['hash'] }),
    );
  }

  /** A start says this of the log at once, or as soon as it has read the log again. */
  async opened(sentence: string): Promise<{ store: EventStore; incidents: readonly LogIncident[] }> {
    const incidents: LogIncident[] = [];
    let said: () => void = () => undefined;
    const isSaid = new Promise<void>((resolve) => (said = resolve));
    const onIncident = (incident: LogIncident): void => {
      incidents.push(incident);
      const isAboutDamage = incident.kind === 'logDamaged' || incident.kind === 'logDamageFound';
      if (isAboutDamage && incident.reason.includes(sentence)) said();
    };
    const store = await openSqliteEventStore({ file: this.file, onIncident });
    await isSaid;
    return { store, incidents };
  }

  /** What an audit says of it. */
  async verified(): Promise<readonly string[]> {
    const reader = await openSqliteLogReader({ file: this.file });
    const head = readHead(headFileOf(this.file));
    const audit = await auditLog(reader, { hasRowPositions: true, head, elsewhere: null });
    await reader.close();
    return audit.findings.map(sentenceOf);
  }
}

/** An id that no event of it has. */
export const another = 'a0000000-0000-5000-8000-000000000000';

/** SQL for what stands where, and for changes that more than one test makes. */
export const closeUp = `
  CREATE TEMP TABLE kept AS SELECT row_number() OVER (ORDER BY position) AS place, position FROM event;
  UPDATE event SET position = -(SELECT place FROM kept WHERE kept.position = event.position);
  UPDATE event SET position = -position`;
export const stream = (name: string): string => `(SELECT id FROM stream WHERE name = '${name}')`;
export const lastOf3 = `DELETE FROM event WHERE stream = ${stream('queue-3')} AND revision = 11`;
export const position = (name: string, revision: number): string =>
  `(SELECT position FROM event WHERE stream = ${stream(name)} AND revision = ${revision})`;

export const isAt =
  (name: string, revision: bigint) =>
  (row: Row): boolean =>
    row.stream === name && row.revision === revision;
export const edited = (row: Row, change: (payload: Record<string, unknown>) => unknown): Row => {
  const envelope = readEnvelope<Record<string, unknown>>(row);
  return { ...row, body: JSON.stringify({ ...envelope, payload: change(envelope.payload) }) };
};
export const withId = (row: Row, id: string): Row => ({ ...row, body: JSON.stringify({ ...readEnvelope(row), id }) });
