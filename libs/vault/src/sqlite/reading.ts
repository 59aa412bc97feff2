import { types } from 'node:util';
import { DatabaseLocked, sqliteCode, whenFree } from '@deskside/sqlite';
import { damaged, isDamage } from './failure';
import { VaultUnavailable } from '../vault-unavailable';

/**
 * What is read from the vault's file, without holding the thread while it is locked. @throws VaultUnavailable in the end, and
 * for a disk that cannot be read or a vault that is closed: none of this may read as a key that was destroyed.
 * @param onDamage told when the file is not what was written
 */
export async function reading<Result>(read: () => Result, onDamage: (why: string) => void): Promise<Result> {
  try {
    return await whenFree(read);
  } catch (error) {
    if (isDamage(error)) onDamage(damaged((error as Error).message));
    throw isOfFile(error) ? new VaultUnavailable(error.message) : error;
  }
}

function isOfFile(error: unknown): error is Error {
  if (!types.isNativeError(error)) return false;
  const isClosed = 'code' in error && error.code === 'ERR_INVALID_STATE';
  return error instanceof DatabaseLocked || isClosed || sqliteCode(error) !== 0;
}
