/** Where a vault lies. */
export interface VaultFiles {
  /** Path of the vault. */
  readonly file: string;
  /** Path of the key that wraps all others, mode 0600. Backed up apart from the vault. */
  readonly masterKeyFile: string;
}
