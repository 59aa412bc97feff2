/** The disk has no room for what was to be kept. Nothing of it was; it can be tried again once there is room. */
export class VaultFull extends Error {
  readonly code = 'VAULT_FULL';

  constructor() {
    super('The disk of the vault is full.');
    this.name = 'VaultFull';
  }
}
