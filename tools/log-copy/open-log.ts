import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { EventStore } from '@deskside/event-store';
import { openKurrentEventStore, readLogAddress } from '@deskside/event-store/kurrentdb';
import { headFileOf, openSqliteEventStore, openSqliteLogReader } from '@deskside/event-store/sqlite';

/** An opened store has a lock or a place of its own: no server may write to the log meanwhile. */
export async function openSource(address: string): Promise<EventStore> {
  const file = fileOf(address);
  if (file === null) return openKurrentEventStore({ connectionString: address });
  if (!existsSync(file)) throw new Error(`There is no log at ${file}.`);
  return openSqliteEventStore({ file });
}

/** Made where there is none. */
export async function openTarget(address: string): Promise<EventStore> {
  const file = fileOf(address);
  if (file === null) return openKurrentEventStore({ connectionString: address });
  // Of the log that lay here before: the new one would be found to lack its newest event.
  if (await isEmpty(file)) rmSync(headFileOf(file), { force: true });
  return openSqliteEventStore({ file });
}

/** Null for the address of a server. */
function fileOf(address: string): string | null {
  if (readLogAddress(address) !== null) return null;
  return existsSync(address) && statSync(address).isDirectory() ? join(address, 'log.db') : address;
}

async function isEmpty(file: string): Promise<boolean> {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0) return true;
  const reader = await openSqliteLogReader({ file });
  try {
    return (await reader.head()) === null;
  } finally {
    await reader.close();
  }
}
