import { printable } from '../integrity';

/** Why the log is damaged, when SQLite cannot read its file: the message may hold what somebody has written there. */
export function cannotBeRead(error: unknown): string {
  return printable(`The log cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
}
