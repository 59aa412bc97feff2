import { chmodSync, existsSync, lstatSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';

/** Told in one sentence, for the operator, what became of a file that was damaged. */
export type OnDamagedFile = (sentence: string) => void;

/** Writes whole or not at all, for this user alone. */
export function keepFile(file: string, text: string): void {
  const unfinished = `${file}.new`;
  writeFileSync(unfinished, text, { mode: 0o600 });
  // The mode of a file that was there already stays as it was.
  chmodSync(unfinished, 0o600);
  renameSync(unfinished, file);
}

/**
 * What a small file says, or null when there is none. One that does not say what it should (garbage, no bytes, a folder, not
 * readable) is moved aside, so that another can be made in its place and whatever is in it can still be looked at.
 * @param parse throws when the text is not what it should be
 */
export function readKept<Value>(file: string, parse: (text: string) => Value, onDamaged: OnDamagedFile): Value | null {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (lstatSync(file, { throwIfNoEntry: false }) !== undefined) onDamaged(setAside(file, whyDamaged(file, error)));
    return null;
  }
}

/** As `readKept`, for JSON of this form. */
export function readKeptJson<const Schema extends v.GenericSchema>(
  file: string,
  schema: Schema,
  onDamaged: OnDamagedFile,
): v.InferOutput<Schema> | null {
  return readKept(file, (text) => v.parse(schema, JSON.parse(text)), onDamaged);
}

export function forgetKept(file: string): void {
  rmSync(file, { force: true });
}

function whyDamaged(file: string, error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EISDIR') return 'is a folder';
  if (code !== undefined) return `cannot be read (${code})`;
  return statSync(file).size === 0 ? 'is empty' : 'is damaged';
}

/** @returns the sentence for the operator */
function setAside(file: string, how: string): string {
  const free = (suffix: string): boolean => !existsSync(`${file}${suffix}`);
  let suffix = '-damaged';
  for (let times = 2; !free(suffix); times++) suffix = `-damaged-${times}`;
  try {
    renameSync(file, `${file}${suffix}`);
    return `${file} ${how}: it is made anew, and what was there is ${file}${suffix} now.`;
  } catch (error) {
    return `${file} ${how} and could not be moved aside (${(error as NodeJS.ErrnoException).code}): it is not used.`;
  }
}
