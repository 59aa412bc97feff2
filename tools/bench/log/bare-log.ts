import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SealedEvent } from '@deskside/event-store';
// The limit must have the adapter's own tables and PRAGMAs, letter for letter, or it would be the limit of something else.
// eslint-disable-next-line no-restricted-imports, @nx/enforce-module-boundaries
import { LOG_PRAGMAS, LOG_SCHEMA } from '../../../libs/event-store/src/sqlite/log-schema';
import type { Run } from './row';
import { inScratch } from './scratch';

interface BareEvent {
  readonly stream: number;
  readonly revision: number;
  readonly type: number;
  readonly id: Uint8Array;
  readonly hash: Uint8Array;
  readonly body: string;
}

/** The events of all streams in turn, as they would come from as many writers. */
export function inTurn(streams: readonly (readonly SealedEvent[])[]): BareEvent[] {
  const longest = Math.max(...streams.map((events) => events.length));
  const types = ['ChatMessageSent', 'NoteSaved'];
  return Array.from({ length: longest }, (_, revision) =>
    streams.flatMap((events, stream): BareEvent[] => {
      const event = events[revision];
      if (!event) return [];
      const id = new Uint8Array(Buffer.from(event.id.replaceAll('-', ''), 'hex'));
      const { hash, body } = event;
      return [{ stream: stream + 1, revision, type: types.indexOf(event.type) + 1, id, hash, body }];
    }),
  ).flat();
}

/** A plain loop over the same bytes, tables and PRAGMAs in transactions of `group` events: no thread, no check, no hash. */
export function appendBare(events: readonly BareEvent[], group: number): Promise<Run> {
  return inScratch(async (folder) => {
    const db = new DatabaseSync(join(folder, 'bare.db'));
    db.exec(LOG_PRAGMAS);
    db.exec(LOG_SCHEMA);
    db.exec(`INSERT INTO type (name) VALUES ('ChatMessageSent'), ('NoteSaved')`);
    const insert = db.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)');
    const addStream = db.prepare('INSERT INTO stream (id, name) VALUES (?, ?)');
    const start = performance.now();
    for (let first = 0; first < events.length; first += group) {
      db.exec('BEGIN IMMEDIATE');
      for (let at = first; at < Math.min(first + group, events.length); at++) {
        const event = events[at] as BareEvent;
        if (event.revision === 0) addStream.run(event.stream, `supportSession-${event.stream}`);
        insert.run(at + 1, event.stream, event.revision, event.type, event.id, event.hash, event.body);
      }
      db.exec('COMMIT');
    }
    const seconds = (performance.now() - start) / 1000;
    db.close();
    return { rate: events.length / seconds, latencies: [], count: events.length };
  });
}

/** Pages of 1,000 whole rows, and what is at least to be done with each body. */
export function readBare(file: string, take: (body: string) => unknown): Run {
  const db = new DatabaseSync(file, { readOnly: true });
  const page = db.prepare(
    'SELECT position, stream, revision, type, id, hash, body FROM event WHERE position > ? ORDER BY position LIMIT 1000',
  );
  const start = performance.now();
  let count = 0;
  for (let rows = page.all(0); rows.length > 0; rows = page.all(rows.at(-1)?.['position'] as number)) {
    for (const row of rows) take(row['body'] as string);
    count += rows.length;
  }
  const seconds = (performance.now() - start) / 1000;
  db.close();
  return { rate: count / seconds, latencies: [], count };
}

export { LOG_PRAGMAS };
