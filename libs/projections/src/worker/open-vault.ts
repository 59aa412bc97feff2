import { openSqliteVault } from '@deskside/vault/sqlite';
import type { PersonalDataVault } from '@deskside/vault';
import type { VaultSettings } from './worker-settings';

/** The one place where the worker's vault is chosen. @throws when its file or master key cannot be read. */
export async function openVault(
  settings: VaultSettings,
): Promise<Pick<PersonalDataVault, 'open'> & { close(): Promise<void> }> {
  switch (settings.kind) {
    case 'sqlite':
      return openSqliteVault({ file: settings.file, masterKeyFile: settings.masterKeyFile });
  }
}
