import { openSqliteVaultReader } from '@deskside/vault/sqlite';
import type { VaultReader } from '@deskside/vault';
import type { VaultSettings } from './worker-settings';

/** The one place where the worker's vault is chosen. @throws when its file or master key cannot be read. */
export async function openVault(
  settings: VaultSettings,
  onTextUnreadable: (reason: string) => void,
): Promise<VaultReader> {
  switch (settings.kind) {
    case 'sqlite':
      return openSqliteVaultReader({ file: settings.file, masterKeyFile: settings.masterKeyFile }, onTextUnreadable);
  }
}
