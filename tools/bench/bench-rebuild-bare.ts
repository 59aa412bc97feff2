import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import type { EventLogReader } from '@deskside/event-store';
import type { Change, Projection } from '@deskside/projections/worker';

const PAGE = 1000;

/** What a projection wants written for each page of the log, worked out beforehand. */
export type PlannedChanges = readonly (readonly Change[])[];

/**
 * The limit of a rebuild: the same pages read and parsed, the same statements with the same parameters in the same
 * transactions and under the same PRAGMAs, and nothing else. @returns seconds
 */
export async function runBareRebuild(
  reader: EventLogReader,
  folder: string,
  plans: ReadonlyMap<Projection, PlannedChanges>,
): Promise<number> {
  const files = [...plans].map(([projection, pages]) => openBare(folder, projection, pages));
  const began = performance.now();
  let after = null;
  for (let page = 0; ; page += 1) {
    const { events, position } = await reader.readAll({ after, maxCount: PAGE });
    if (events.length === 0 || position === null) break;
    for (const { body } of events) JSON.parse(body);
    for (const write of files) write(page, position);
    after = position;
  }
  // As at the end of ours, the write-ahead logs go into the files.
  for (const write of files) write.close();
  return (performance.now() - began) / 1000;
}

interface BareFile {
  (page: number, position: string): void;
  close(): void;
}

function openBare(folder: string, projection: Projection, pages: PlannedChanges): BareFile {
  const db = new DatabaseSync(join(folder, `${projection.name}.db`));
  if (projection.opensPersonalText === true) db.exec('PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;');
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384;');
  db.exec(`${projection.schema} CREATE TABLE state (id INTEGER PRIMARY KEY, checkpoint TEXT) STRICT;`);
  db.exec('INSERT INTO state (id, checkpoint) VALUES (1, NULL)');
  const names = Object.keys(projection.statements);
  const statements = names.map((name) => db.prepare(projection.statements[name] ?? ''));
  const planned = pages.map((changes) =>
    changes.map(({ statement, params }) => ({ run: statements[names.indexOf(statement)], params })),
  );
  const move = db.prepare('UPDATE state SET checkpoint = ?');
  const write = (page: number, position: string): void => {
    db.exec('BEGIN IMMEDIATE');
    for (const { run, params } of planned[page] ?? []) run?.run(params);
    move.run(position);
    db.exec('COMMIT');
  };
  return Object.assign(write, { close: () => db.close() });
}
