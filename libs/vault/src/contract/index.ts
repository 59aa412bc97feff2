export { vaultContract } from './vault-contract';
export type { OpenVaultHarness, VaultHarness } from './vault-harness';
