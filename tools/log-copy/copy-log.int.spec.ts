import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore, RecordedEvent } from '@deskside/event-store';
import { SealedStream, seededRandom } from '@deskside/event-store/contract';
import { KurrentDbDouble, openStoreOn, SeededFaults } from '@deskside/event-store/kurrentdb/double';
import { openSqliteEventStore } from '@deskside/event-store/sqlite';
import { copyLog } from './copy-log';
import { openTarget } from './open-log';

const limits = { appendMs: 1000, readMs: 2000, callMs: 60_000, longestPauseMs: 20 };

let folder: string;
let double: KurrentDbDouble;
let kurrent: EventStore;
let file: EventStore;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deskside-copy-'));
  double = await KurrentDbDouble.start();
  kurrent = await openStoreOn(double, limits);
  file = await openSqliteEventStore({ file: join(folder, 'log.db') });
});
afterEach(async () => {
  await Promise.all([file.close(), kurrent.close()]);
  await double.close();
  rmSync(folder, { recursive: true });
});

/** Streams whose events stand mixed, as sessions that go on at the same time leave them. */
async function fill(store: EventStore, events: number, seed: number): Promise<void> {
  const random = seededRandom(seed);
  const streams = Array.from({ length: 9 }, (_, at) => new SealedStream(`copied-${seed}-${at}`));
  for (let written = 0; written < events;) {
    const stream = streams[Math.floor(random() * streams.length)] ?? new SealedStream('none');
    const expected = stream.revision < 0n ? 'noStream' : stream.revision;
    const batch = stream.sealMany(1 + Math.floor(random() * 3), { payload: { text: `Ђорђе 怡君 ${written}` } });
    expect(await store.append(stream.name, batch, expected)).toMatchObject({ ok: true });
    written += batch.length;
  }
}

async function contentOf(store: EventStore): Promise<readonly Omit<RecordedEvent, 'position'>[]> {
  const { events } = await store.readAll({ after: null, maxCount: 100_000 });
  return events.map(({ position: _, hash, ...rest }) => ({ ...rest, hash: Buffer.from(hash) }));
}

describe('a copy of the log', () => {
  it('goes from the file to the server and back with the same events, order and hashes', async () => {
    await fill(file, 400, 1);
    const there = await copyLog({ source: file, target: kurrent });
    const again = await openSqliteEventStore({ file: join(folder, 'again.db') });
    const back = await copyLog({ source: kurrent, target: again });
    expect(there.copied).toBe(back.copied);
    expect(there).toEqual(back);
    expect(await contentOf(again)).toEqual(await contentOf(file));
    expect(await contentOf(kurrent)).toEqual(await contentOf(file));
    expect(again.integrity().status).not.toBe('damaged');
    process.stdout.write(`copied ${there.copied} events of ${there.streams} streams there and back: ${there.digest}\n`);
    await again.close();
  });

  it('goes back to where an earlier log lay, though what was noted of that one is still there', async () => {
    await fill(file, 20, 8);
    await copyLog({ source: file, target: kurrent });
    await fill(kurrent, 5, 9);
    await file.close();
    rmSync(join(folder, 'log.db'));
    for (let round = 0; round < 2; round++) {
      // Also where a copy was cut off before it had written anything.
      const target = await openTarget(folder);
      expect(target.integrity().status).not.toBe('damaged');
      if (round === 1) await copyLog({ source: kurrent, target });
      await target.close();
      if (round === 0)
        writeFileSync(join(folder, 'log.db-head'), JSON.stringify({ position: '9', hash: 'ab'.repeat(32) }));
    }
    file = await openSqliteEventStore({ file: join(folder, 'log.db') });
    expect(file.integrity().status).not.toBe('damaged');
    expect(await contentOf(file)).toEqual(await contentOf(kurrent));
  });

  it('is not begun when an event is missing within a stream', async () => {
    await fill(file, 60, 4);
    await file.close();
    const db = new DatabaseSync(join(folder, 'log.db'));
    db.exec('DELETE FROM event WHERE position = (SELECT position FROM event WHERE revision = 1 LIMIT 1)');
    db.close();
    file = await openSqliteEventStore({ file: join(folder, 'log.db') });
    await expect(copyLog({ source: file, target: kurrent })).rejects.toThrow(
      /^Revision 1 of copied-\S+ is missing: .* Nothing was copied\.$/,
    );
    expect(await kurrent.head()).toBeNull();
  });

  it('that was cut off goes on where it stood, and a second one copies nothing', async () => {
    await fill(file, 300, 2);
    double.plan(new SeededFaults(seededRandom(3), 0.05));
    double.settings.maxAppendBytes = 0;
    await expect(copyLog({ source: file, target: kurrent })).rejects.toThrow('could not be copied');
    double.settings.maxAppendBytes = 1024 * 1024;
    const stopped = copyLog({
      source: file,
      target: { ...faced(kurrent), append: failingAfter(kurrent, 60) },
    });
    await expect(stopped).rejects.toThrow('stopped here');
    const { copied, there } = await copyLog({ source: file, target: kurrent });
    expect(there).toBeGreaterThanOrEqual(60);
    expect(copied).toBeGreaterThan(0);
    expect(await copyLog({ source: file, target: kurrent })).toMatchObject({ copied: 0, there: copied + there });
    expect(await contentOf(kurrent)).toEqual(await contentOf(file));
  });

  it('into a log that holds something else is refused', async () => {
    await fill(file, 20, 4);
    await fill(kurrent, 5, 5);
    await expect(copyLog({ source: file, target: kurrent })).rejects.toThrow('is not the same in both logs');
  });

  it('into a log that goes on further is refused', async () => {
    await fill(file, 20, 6);
    await copyLog({ source: file, target: kurrent });
    await fill(kurrent, 5, 7);
    await expect(copyLog({ source: file, target: kurrent })).rejects.toThrow('has events that the source has not');
  });
});

/** The store, so that one of its methods can be replaced. */
function faced(store: EventStore): EventStore {
  return {
    append: (...all) => store.append(...all),
    integrity: () => store.integrity(),
    distrust: (reason) => store.distrust(reason),
    trouble: () => store.trouble(),
    onCommitted: (listener) => store.onCommitted(listener),
    readStream: (...all) => store.readStream(...all),
    readAll: (options) => store.readAll(options),
    subscribeAll: (options) => store.subscribeAll(options),
    head: () => store.head(),
    eventAt: (position) => store.eventAt(position),
    comparePositions: (a, b) => store.comparePositions(a, b),
    close: () => store.close(),
  };
}

function failingAfter(store: EventStore, events: number): EventStore['append'] {
  let written = 0;
  return async (stream, batch, expected) => {
    if (written >= events) throw new Error('stopped here');
    written += batch.length;
    return store.append(stream, batch, expected);
  };
}
