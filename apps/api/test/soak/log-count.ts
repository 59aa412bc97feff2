import { join } from 'node:path';
import { readEnvelope } from '@deskside/event-store';
import type { RecordedEvent } from '@deskside/event-store';
import { openSqliteLogReader } from '@deskside/event-store/sqlite';
import type { Acknowledged } from './ledger';

export interface LogCount {
  readonly events: number;
  readonly acknowledged: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
}

/** Looks for what each accepted command did in the log of a folder whose server has ended. */
export async function countInLog(dataDir: string, acknowledged: readonly Acknowledged[]): Promise<LogCount> {
  const seen = new Map<string, Set<string>>();
  const joined = new Set<string>();
  const doubled: string[] = [];
  let events = 0;
  for await (const event of everyEvent(join(dataDir, 'log.db'))) {
    events += 1;
    const { commandId, payload } = readEnvelope<Readonly<Record<string, unknown>>>(event);
    // One command writes no two events of a type into a stream that are about the same.
    const what = `${event.stream} ${event.type} ${idsIn(payload).join(' ')}`;
    const before = seen.get(commandId) ?? new Set();
    if (before.has(what)) doubled.push(`${commandId} ${what}`);
    seen.set(commandId, before.add(what));
    if (event.type === 'ParticipantJoined') joined.add(payload['participantId'] as string);
  }
  const lost = acknowledged.filter(({ id }) => !seen.has(id) && !joined.has(id));
  return {
    events,
    acknowledged: acknowledged.length,
    lost: lost.map(({ name, id }) => `${name} ${id}`),
    doubled,
  };
}

function idsIn(payload: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.values(payload).filter(
    (value) => typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value),
  ) as string[];
}

async function* everyEvent(file: string): AsyncGenerator<RecordedEvent> {
  const reader = await openSqliteLogReader({ file, isStill: true });
  try {
    for (let page = await reader.readAll({ after: null }); page.events.length > 0;) {
      yield* page.events;
      page = await reader.readAll({ after: page.position });
    }
  } finally {
    await reader.close();
  }
}
