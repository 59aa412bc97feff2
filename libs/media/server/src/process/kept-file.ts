import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** Writes whole or not at all, for this user alone. */
export function keepFile(file: string, text: string): void {
  const unfinished = `${file}.new`;
  writeFileSync(unfinished, text, { mode: 0o600 });
  // The mode of a file that was there already stays as it was.
  chmodSync(unfinished, 0o600);
  renameSync(unfinished, file);
}

/** @returns null when there is none, or nothing that can be read as JSON: then it is made anew. */
export function readKept(file: string): unknown {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

export function forgetKept(file: string): void {
  rmSync(file, { force: true });
}
