import { printable, publicKeyOf, summaryOf } from '@deskside/event-store';
import type { CheckpointElsewhere } from '@deskside/event-store';
import { headFileOf, openSqliteEventStore } from '@deskside/event-store/sqlite';
import type { Vault } from '@deskside/vault';
import type { Clock } from '../clock/clock';
import { audited, headBeside, isFromElsewhere } from './audited-log';
import { recordStatement } from './operator-statement';
import { signingKey } from './signing-key';

export interface RestoredLog {
  readonly file: string;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly siteId: string;
  readonly elsewhere: CheckpointElsewhere | null;
}

export interface Restored {
  /** What the operator must know, a sentence each. */
  readonly notes: readonly string[];
  /** False when the log in the backup is not. */
  readonly isWhole: boolean;
}

/**
 * Writes into a log that was put back that it was, and what it had been before as far as the second place knows. One that is
 * not whole stays as it is.
 */
export async function recordRestored({ file, elsewhere, ...parts }: RestoredLog): Promise<Restored> {
  const head = headBeside(headFileOf(file));
  const store = await openSqliteEventStore({ file, verifyAgain: false });
  try {
    const key = publicKeyOf(await signingKey(parts));
    const audit = await audited({ reader: store, file: { file }, head, elsewhere, key });
    const { findings, more, state } = audit;
    const wrong = findings.filter((finding) => !isFromElsewhere(finding));
    if (wrong.length > 0) return { notes: notWhole(summaryOf({ findings: wrong, more })), isWhole: false };
    if (state === null) return { notes: [], isWhole: true };
    const lost = findings.length > 0 ? elsewhere : null;
    await recordStatement({ ...parts, store }, { type: 'LogRestored', state, lost });
    return { notes: lost === null ? [] : [laterThan(lost)], isWhole: true };
  } finally {
    await store.close();
  }
}

function laterThan({ checkpoint, signedAt }: CheckpointElsewhere): string {
  return printable(
    `The log had at least ${checkpoint.size} events on ${signedAt}; what was written after this backup is not in it.`,
  );
}

function notWhole(summary: string): readonly string[] {
  return [
    `The log in this backup is NOT whole, and opens read-only: ${summary}`,
    'Restore an older backup if you have one. Whether the site can go on with this one:',
    '  npm run accept-loss',
  ];
}
