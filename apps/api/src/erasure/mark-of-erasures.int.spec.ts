import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { EventStore, RecordedEvent } from '@deskside/event-store';
import { SealedStream } from '@deskside/event-store/contract';
import { openSqliteEventStore } from '@deskside/event-store/sqlite';
import { markedPosition, markOf } from './mark-of-erasures';

const folder = mkdtempSync(join(tmpdir(), 'deskside-mark-'));
let store: EventStore;
let events: readonly RecordedEvent[];
beforeAll(async () => {
  store = await openSqliteEventStore({ file: join(folder, 'log.db') });
  for (const name of ['access-1', 'access-2']) {
    const stream = new SealedStream(name);
    await store.append(stream.name, stream.sealMany(2), 'noStream');
  }
  ({ events } = await store.readAll({ after: null }));
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

it('stands where its event stands', async () => {
  expect(events).toHaveLength(4);
  for (const event of events) expect(await markedPosition(store, markOf(event))).toBe(event.position);
});

it('stands nowhere when the log has no such event', async () => {
  const [, , , last] = events;
  if (last === undefined) throw new Error('four were written');
  const mark = markOf(last);
  const others = [
    { ...mark, revision: '2' },
    { ...mark, revision: '0' },
    { ...mark, stream: 'access-3' },
    { ...mark, stream: 'access-1' },
    { ...mark, hash: 'ab'.repeat(32) },
  ];
  for (const other of [null, ...others]) expect(await markedPosition(store, other)).toBeNull();
});
