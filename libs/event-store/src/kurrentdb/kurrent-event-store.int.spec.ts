import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from '@jest/globals';
import { eventStoreContract } from '../contract';
import type { StoreHarness } from '../contract';
import type { EventStore, Position, StreamName } from '../event-store';
import { KurrentDbDouble } from './double';
import { openKurrentEventStore } from './kurrent-event-store';

const resolver = fileURLToPath(new URL('../../../../tools/resolve-ts.mjs', import.meta.url));
const target = fileURLToPath(new URL('./kill-target.ts', import.meta.url));

/** Where the connection is cut and a call is lost, the next try comes soon. */
const limits = { appendMs: 2000, readMs: 2000, callMs: 20_000, longestPauseMs: 100 };

interface Place {
  readonly connectionString: string;
  readonly streamPrefix: string;
  /** What a test sees of the store. */
  readonly seen: (store: EventStore) => EventStore;
  readonly breakConnection?: () => Promise<void>;
  /** Where the store remembers how far it has checked the log. */
  readonly verifiedFile: string;
  readonly close: () => Promise<void>;
}

async function harnessAt(place: Place): Promise<StoreHarness> {
  const { connectionString, streamPrefix, seen, verifiedFile, breakConnection } = place;
  const options = { connectionString, limits, verifiedFile };
  let store = await openKurrentEventStore(options);
  return {
    store: seen(store),
    reopen: async () => {
      await store.close();
      store = await openKurrentEventStore(options);
      return seen(store);
    },
    killTarget: (seed) => ({
      command: process.execPath,
      args: ['--import', resolver, target, connectionString, String(seed), streamPrefix],
    }),
    idsAcrossStreams: false,
    streamPrefix,
    ...(breakConnection && { breakConnection }),
    dispose: async () => {
      await store.close();
      await place.close();
    },
  };
}

const folder = mkdtempSync(join(tmpdir(), 'deskside-kurrent-'));
afterAll(() => rmSync(folder, { recursive: true }));

eventStoreContract('KurrentDB, on its protocol double', async () => {
  const double = await KurrentDbDouble.start();
  return harnessAt({
    connectionString: double.connectionString,
    streamPrefix: '',
    seen: (store) => store,
    verifiedFile: join(folder, randomUUID()),
    breakConnection: () => Promise.resolve(double.cut()),
    close: () => double.close(),
  });
});

/** A log that begins where a shared one stood when the test began. */
function behind(store: EventStore, start: Position | null): EventStore {
  const after = (position: Position | null): Position | null => position ?? start;
  const shown = (position: Position | null): Position | null => (position === start ? null : position);
  return {
    append: (stream, events, expected) => store.append(stream, events, expected),
    integrity: () => store.integrity(),
    distrust: (reason) => store.distrust(reason),
    trouble: () => store.trouble(),
    onCommitted: (listener) => store.onCommitted(listener),
    readStream: (stream: StreamName, options) => store.readStream(stream, options),
    readAll: async (options) => {
      const page = await store.readAll({ ...options, after: after(options.after) });
      return { ...page, position: shown(page.position) };
    },
    subscribeAll: (options) => {
      const { onCaughtUp } = options;
      return store.subscribeAll({
        ...options,
        after: after(options.after),
        ...(onCaughtUp && { onCaughtUp: (position) => onCaughtUp(shown(position)) }),
      });
    },
    head: async () => shown(await store.head()),
    eventAt: (position) => store.eventAt(position),
    comparePositions: (a, b) => store.comparePositions(a, b),
    close: () => store.close(),
  };
}

const named = process.env['DESKSIDE_TEST_KURRENTDB'];
if (named !== undefined)
  eventStoreContract('KurrentDB, on the server that is named', async () => {
    // One for all tests: what was there before is checked once.
    const verifiedFile = join(folder, 'named');
    const first = await openKurrentEventStore({ connectionString: named, verifiedFile });
    const start = await first.head();
    await first.close();
    return harnessAt({
      connectionString: named,
      streamPrefix: `contract-${randomUUID()}-`,
      seen: (store) => behind(store, start),
      verifiedFile,
      close: () => Promise.resolve(),
    });
  });
