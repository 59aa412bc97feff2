import type { Vault } from '../vault';

/** What an adapter gives its contract suite; everything it made is gone after `dispose`. */
export interface VaultHarness {
  readonly vault: Vault;
  /** Closes the vault and opens another one on the same data. */
  reopen(): Promise<Vault>;
  /** A second vault on the same data, as another process would hold it, without closing the first. */
  openSecond(): Promise<Vault>;
  /** Leaves the open vault behind as a crash would and opens another one on the same data. */
  crash(): Promise<Vault>;
  /** All bytes that the adapter keeps anywhere, logs and journals included. */
  everyByte(): Promise<Buffer>;
  /** All wrapped keys and sealed secrets as they stand in the store now. */
  wrappedKeys(): Promise<readonly Uint8Array[]>;
  sealedSecrets(): Promise<readonly Uint8Array[]>;
  dispose(): Promise<void>;
}

export type OpenVaultHarness = () => Promise<VaultHarness>;
