/** Where a vault lies. */
export interface VaultFiles {
  /** Path of the vault; made when absent. */
  readonly file: string;
  /** Path of the key that wraps all others, mode 0600; made when absent. Backed up apart from the vault. */
  readonly masterKeyFile: string;
}
