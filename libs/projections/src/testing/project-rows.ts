import type { OpenText } from '../engine/log-page';
import type { Projection } from '../engine/projection';
import { ReadConnection } from '../main/read-connection';
import { EngineRun, temporaryFolder } from './engine-run';
import { MemoryLog } from './memory-log';
import type { SampleEvent } from './sample-history';

const noText: OpenText = () => Promise.reject(new Error('This projection may not open personal text.'));

const refuseSpoilt = (_file: string, reason: string): never => {
  throw new Error(reason);
};

export interface ProjectedRows<Queries> {
  readonly queries: Queries;
  readonly log: MemoryLog;
  readonly file: string;
  close(): void;
}

/** The read model of exactly these events, asked as the main thread asks it. */
export function projectRows<Queries>(
  projection: Projection,
  queriesOf: (file: ReadConnection) => Queries,
  events: readonly SampleEvent[],
  openText: OpenText = noText,
): Promise<ProjectedRows<Queries>> {
  const log = new MemoryLog();
  log.append(...events);
  return rowsOfLog(projection, queriesOf, log, openText);
}

/** The same of a log, which may be damaged. */
export async function rowsOfLog<Queries>(
  projection: Projection,
  queriesOf: (file: ReadConnection) => Queries,
  log: MemoryLog,
  openText: OpenText = noText,
): Promise<ProjectedRows<Queries>> {
  const folder = temporaryFolder();
  const run = await EngineRun.start({ dataDir: folder.path, projections: [projection], log, openText });
  await run.untilAt(log.head);
  const { lastError } = run.state(projection.name);
  const file = run.file(projection.name);
  await run.close();
  if (lastError !== null) throw new Error(lastError);
  const connection = new ReadConnection(projection.name, file, refuseSpoilt);
  return {
    queries: queriesOf(connection),
    log,
    file,
    close: () => {
      connection.close();
      folder.remove();
    },
  };
}

let written = 0;

/** One event with whatever the test does not care about filled in; each a second after the one before. */
export function event(
  stream: string,
  type: string,
  payload: unknown,
  rest: Partial<Pick<SampleEvent, 'actor' | 'occurredAt' | 'id'>> = {},
): SampleEvent {
  written += 1;
  const id = `00000000-0000-4000-8000-${String(written).padStart(12, '0')}`;
  const occurredAt = new Date(Date.parse('2026-03-01T09:00:00.000Z') + written * 1000).toISOString();
  return { id, stream, type, payload, occurredAt, actor: { kind: 'system', id: 'deskside' }, ...rest };
}
