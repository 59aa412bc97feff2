import { types } from 'node:util';

/** Why the vault cannot be used; the message is one sentence for the operator. Nothing was made or changed. */
export class VaultUnusable extends Error {
  readonly code:
    | 'MASTER_KEY_UNSAFE'
    | 'MASTER_KEY_WRONG'
    | 'VAULT_MISSING'
    | 'VAULT_EMPTY'
    | 'VAULT_UNREADABLE'
    | 'VAULT_OF_ANOTHER_SITE';

  constructor(code: VaultUnusable['code'], message: string) {
    super(message);
    this.name = 'VaultUnusable';
    this.code = code;
  }
}

/** One sentence for whatever SQLite or the system says of the vault's file. */
export function unreadable(file: string, error: unknown): VaultUnusable {
  if (error instanceof VaultUnusable) return error;
  const message = types.isNativeError(error) ? error.message : String(error);
  return new VaultUnusable(
    'VAULT_UNREADABLE',
    `The vault ${file} cannot be used: ${message}. Restore it from a backup.`,
  );
}
