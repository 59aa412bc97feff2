import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Whatever was written to a file stays when the machine loses power. */
export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.sync().finally(() => handle.close());
}

/** The names in a folder stay as well: files that were made, renamed or removed there. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // a folder cannot be synced there
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

/** The file holds the old text or the new one, whenever it is read and however this ends; for its user alone. */
export async function replaceFile(file: string, text: string): Promise<void> {
  const next = `${file}.next`;
  await rm(next, { force: true });
  const handle = await open(next, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(next, file);
  await syncFolder(dirname(file));
}
