import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { KEY_BYTES } from '../text-cipher';
import type { VaultFiles } from './vault-files';
import { VaultUnusable } from './vault-unusable';

/**
 * The key that wraps all others, from its own file. Whoever copies the vault without this file has nothing.
 * @throws VaultUnusable when it is missing, others may read it, or it is no key
 */
export function readMasterKey({ file, masterKeyFile }: VaultFiles): Uint8Array {
  const found = statSync(masterKeyFile, { throwIfNoEntry: false });
  const wrong = (how: string): VaultUnusable =>
    new VaultUnusable(
      'MASTER_KEY_WRONG',
      `The master key ${masterKeyFile} ${how}: restore the one of the vault ${file} from a backup, nobody can sign in without it.`,
    );
  if (found === undefined) throw wrong('is missing');
  if (found.isDirectory()) throw wrong('is a folder');
  refuseUnsafe(masterKeyFile, found.mode & 0o777);
  const text = readFileSync(masterKeyFile, 'utf8').trim();
  if (text === '') throw wrong('is empty');
  const key = Buffer.from(text, 'base64url');
  if (key.length !== KEY_BYTES) throw wrong(`does not hold a key of ${KEY_BYTES} bytes`);
  return key;
}

/** Windows has no such modes; there the folder's access list is what protects the file. */
function refuseUnsafe(file: string, mode: number): void {
  if (process.platform === 'win32' || (mode & 0o077) === 0) return;
  throw new VaultUnusable(
    'MASTER_KEY_UNSAFE',
    `The master key ${file} can be read by others (mode 0${mode.toString(8)}); set it to 0600 with: chmod 600 ${file}`,
  );
}

/**
 * For a vault that is new. Durable before it is used: a key that a crash loses would take all personal data with it. Its
 * file is there whole or not at all; one that is there already, also as a link to nowhere, stays.
 */
export function makeMasterKey(file: string): void {
  if (lstatSync(file, { throwIfNoEntry: false }) !== undefined) return;
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.new`;
  rmSync(unfinished, { force: true });
  const descriptor = openSync(unfinished, 'wx', 0o600);
  writeSync(descriptor, `${randomBytes(KEY_BYTES).toString('base64url')}\n`);
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(unfinished, file);
  if (process.platform === 'win32') return; // a folder cannot be synced there
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
}
