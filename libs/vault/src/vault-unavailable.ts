/**
 * The vault gave no answer in time: another process keeps its file locked, or what writes it ended in the middle of the work.
 * Whether anything was done is unknown; it can be asked again.
 */
export class VaultUnavailable extends Error {
  readonly code = 'VAULT_UNAVAILABLE';

  constructor(why: string) {
    super(`The vault cannot be used just now: ${why}.`);
    this.name = 'VaultUnavailable';
  }
}
