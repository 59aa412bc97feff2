export { VaultUnusable } from './master-key';
export { openSqliteVault } from './sqlite-vault';
export type { SqliteVaultOptions } from './sqlite-vault';
export { openSqliteVaultReader } from './sqlite-vault-reader';
export type { VaultIncident } from './writer-client';
