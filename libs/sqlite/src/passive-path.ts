import { statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/**
 * What to open a database by, for reading only, so that no file is made beside it: as it lies there. That is right when the
 * last one who wrote it has ended cleanly; otherwise the newest state stands in the write-ahead log, and its files are there
 * already.
 */
export function passivePath(file: string): URL {
  const url = pathToFileURL(file);
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
  if (log === undefined || log.size === 0) url.searchParams.set('immutable', '1');
  return url;
}
