import type { RefusalCode } from '@deskside/domain';

/** No answer came: no network, no server, a time-out, or a live connection that broke off. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('The server cannot be reached.', { cause });
  }
}

/** The server closed a live connection, and said why. */
export class ConnectionRefused extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode) {
    super(`The server refused the connection: ${code}`);
    this.code = code;
  }
}
