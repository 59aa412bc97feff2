export { checkVault } from './check-vault';
export type { WantedVault } from './check-vault';
export { siteOfVault } from './found-vault';
export { openSqliteVault } from './sqlite-vault';
export type { SqliteVaultOptions } from './sqlite-vault';
export { openSqliteVaultReader } from './sqlite-vault-reader';
export type { SiteOfVault } from './vault-site';
export { VaultUnusable } from './vault-unusable';
export type { VaultIncident } from './writer-client';
