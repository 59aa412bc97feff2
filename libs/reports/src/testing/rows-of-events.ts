import { DatabaseSync } from 'node:sqlite';
import type { Position } from '@deskside/event-store';
import type { ProjectedEvent, Projection, Rows } from '@deskside/read-model';

/** An event before it has a place in a log. */
export interface PlainEvent {
  readonly stream: string;
  readonly type: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface ProjectedRows extends Rows {
  close(): void;
}

/** These events in this order, as the log numbers them. */
export function inLog(events: readonly PlainEvent[]): readonly ProjectedEvent[] {
  const revisions = new Map<string, number>();
  return events.map(({ stream, type, at, payload }, index) => {
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    const occurredAt = new Date(at).toISOString();
    const actor = { kind: 'system', id: 'deskside' } as const;
    return { id, type, stream, revision, position: String(index + 1) as Position, occurredAt, actor, payload };
  });
}

/** A projection's tables in memory after these events, as its file would be: everything that it says is done. */
export function rowsOfEvents(projection: Projection, events: readonly ProjectedEvent[]): ProjectedRows {
  const db = new DatabaseSync(':memory:');
  db.exec(projection.schema);
  const statements = new Map(Object.entries(projection.statements).map(([name, sql]) => [name, db.prepare(sql)]));
  for (const event of events)
    for (const { statement, params } of projection.project(event)) statements.get(statement)?.run(params);
  return {
    all: <Row>(sql: string, ...params: readonly (string | number)[]) =>
      db.prepare(sql).all(...params) as unknown as readonly Row[],
    close: () => db.close(),
  };
}
