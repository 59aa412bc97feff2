import { publicKeyOf, summaryOf } from '@deskside/event-store';
import type { CheckpointElsewhere } from '@deskside/event-store';
import { openSqliteEventStore } from '@deskside/event-store/sqlite';
import type { Vault } from '@deskside/vault';
import type { Clock } from '../clock/clock';
import { audited, isFromElsewhere } from './audited-log';
import { recordStatement } from './operator-statement';
import { signingKey } from './signing-key';

export interface RestoredLog {
  readonly file: string;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly siteId: string;
  readonly elsewhere: CheckpointElsewhere | null;
}

/**
 * Writes into a log that was put back that it was, and what it had been before as far as the second place knows. One that is
 * not whole stays as it is. @returns what the operator must know, a sentence each
 */
export async function recordRestored({ file, elsewhere, ...parts }: RestoredLog): Promise<readonly string[]> {
  const store = await openSqliteEventStore({ file, verifyAgain: false });
  try {
    const key = publicKeyOf(await signingKey(parts));
    const audit = await audited({ reader: store, file: { file }, head: null, elsewhere, key });
    const { findings, more, state } = audit;
    const wrong = findings.filter((finding) => !isFromElsewhere(finding));
    if (wrong.length > 0)
      return [`The log in this backup is not whole, and opens read-only: ${summaryOf({ findings: wrong, more })}`];
    if (state === null) return [];
    const lost = findings.length > 0 ? elsewhere : null;
    await recordStatement({ ...parts, store }, { type: 'LogRestored', state, lost });
    return lost === null
      ? []
      : [
          `The log had at least ${lost.checkpoint.size} events on ${lost.signedAt}; what was written after this backup is not in it.`,
        ];
  } finally {
    await store.close();
  }
}
