/** No answer came: no network, no server, a time-out, or a live connection that broke off. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('The server cannot be reached.', { cause });
  }
}

/** The server closed a live connection because it does not know the caller (any more). */
export class SignInEnded extends Error {
  constructor() {
    super('The server does not know who this is.');
  }
}
