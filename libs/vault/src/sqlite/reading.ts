import { whenFree } from '@deskside/sqlite';
import { VaultUnavailable } from '../vault-unavailable';

/** What is read from the vault's file, without holding the thread while it is locked. @throws VaultUnavailable in the end. */
export function reading<Result>(read: () => Result): Promise<Result> {
  return whenFree(read, { refusal: ({ message }) => new VaultUnavailable(message) });
}
