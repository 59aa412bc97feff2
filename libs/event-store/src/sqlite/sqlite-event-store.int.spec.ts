import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { eventStoreContract, SealedStream } from '../contract';
import type { StoreHarness } from '../contract';
import type { Revision, StreamName } from '../event-store';
import { openSqliteEventStore } from './sqlite-event-store';

const resolver = fileURLToPath(new URL('../../../../tools/resolve-ts.mjs', import.meta.url));
const target = fileURLToPath(new URL('./kill-target.ts', import.meta.url));

/** Plants one event far up, as a log that has run for very long would have it. */
function plantFarUp(file: string, name: StreamName): Revision {
  const revision = 2n ** 53n + 8n;
  const stream = new SealedStream(name);
  stream.continueAfter(revision - 1n, new Uint8Array(32));
  const event = stream.seal();
  const db = new DatabaseSync(file);
  db.prepare('INSERT INTO stream (id, name) VALUES (1, ?)').run(name);
  db.prepare('INSERT INTO type (id, name) VALUES (1, ?)').run(event.type);
  const insert = db.prepare('INSERT INTO event VALUES (?, 1, ?, 1, ?, ?, ?)');
  insert.setReadBigInts(true);
  insert.run(2n ** 53n + 3n, revision, Buffer.from(event.id.replaceAll('-', ''), 'hex'), event.hash, event.body);
  db.close();
  return revision;
}

async function openHarness(): Promise<StoreHarness> {
  const folder = mkdtempSync(join(tmpdir(), 'deskside-log-'));
  const file = join(folder, 'log.db');
  let store = await openSqliteEventStore({ file });
  const reopen = async (): Promise<typeof store> => {
    await store.close();
    store = await openSqliteEventStore({ file });
    return store;
  };
  return {
    store,
    reopen,
    idsAcrossStreams: true,
    killTarget: (seed) => ({
      command: process.execPath,
      args: ['--import', resolver, target, file, String(seed)],
    }),
    moveBeyondSafeIntegers: async (name) => {
      await store.close();
      const lastRevision = plantFarUp(file, name);
      // Nothing stands before it, and that is as it should be.
      store = await openSqliteEventStore({ file, verifyAgain: false, acceptLoss: true });
      return { store, lastRevision };
    },
    dispose: async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

eventStoreContract('SQLite', openHarness);
