/** A key or a secret is there, but its bytes are not those that were written for its place. */
export class DoesNotOpen extends Error {
  constructor(what: 'key' | 'secret', cause: unknown) {
    super(`a ${what} in it does not open`, { cause });
    this.name = 'DoesNotOpen';
  }
}
