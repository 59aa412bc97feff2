import { closeSync, fdatasyncSync, openSync } from 'node:fs';
import { backup } from 'node:sqlite';
import type { Snapshot } from './snapshot';

/** Copied at once: often enough for a smooth pace, seldom enough to cost nothing. */
const stepBytes = 1024 * 1024;
/** Made durable at once: all of it at the end would keep the disk from the server's own writes for seconds. */
const syncBytes = 8 * stepBytes;

export interface Pace {
  /** No more than this; without it as fast as it goes. */
  readonly bytesPerSecond?: number;
  readonly onProgress?: (copied: number, total: number) => void;
}

/**
 * Writes a snapshot into a file. Its length depends on the size alone: SQLite begins a copy anew whenever somebody else has
 * written, but not while the connection that it copies from holds a snapshot
 * (https://www.sqlite.org/backup.html, sqlite3_backup_step).
 */
export async function copySnapshot({ db }: Snapshot, to: string, { bytesPerSecond, onProgress }: Pace): Promise<void> {
  const pageSize = Number(db.prepare('PRAGMA page_size').get()?.['page_size']);
  const begun = performance.now();
  let synced = 0;
  const progress = ({ totalPages, remainingPages }: { totalPages: number; remainingPages: number }): void => {
    const bytes = (totalPages - remainingPages) * pageSize;
    if (bytes - synced >= syncBytes) {
      syncNow(to);
      synced = bytes;
    }
    onProgress?.(bytes, totalPages * pageSize);
    if (bytesPerSecond !== undefined) rest((bytes / bytesPerSecond) * 1000 - (performance.now() - begun));
  };
  await backup(db, to, { rate: Math.max(1, Math.floor(stepBytes / pageSize)), progress });
}

const bell = new Int32Array(new SharedArrayBuffer(4));

/** Holds the thread: what this is called from cannot be waited in, and a backup has its process to itself. */
function rest(ms: number): void {
  if (ms > 0) Atomics.wait(bell, 0, 0, ms);
}

/** Closing it drops SQLite's own lock on the file (https://www.sqlite.org/howtocorrupt.html, 2.2), which nobody else has open. */
function syncNow(file: string): void {
  const descriptor = openSync(file, 'r+');
  fdatasyncSync(descriptor);
  closeSync(descriptor);
}
