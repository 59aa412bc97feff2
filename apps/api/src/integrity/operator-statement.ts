import { randomUUID } from 'node:crypto';
import { UnsealedText } from '@deskside/domain';
import type { LogFinding } from '@deskside/domain';
import { endOfIntegrity, signState } from '@deskside/event-store';
import type { CheckpointElsewhere, EventStore, LogState, Statement } from '@deskside/event-store';
import { sealPayload, unsealedTextsIn } from '@deskside/vault';
import type { Vault } from '@deskside/vault';
import type { Clock } from '../clock/clock';
import { version } from '../node/version';
import { appendRecord, sealRecord } from './integrity-record';
import { operatorName } from './operator-name';
import { signingKey } from './signing-key';

interface Recording {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly siteId: string;
}

/** What an operator has done to the log itself. */
export interface OperatorStatement {
  readonly type: Statement['type'];
  /** How the log stands now. */
  readonly state: LogState;
  /** What the second place says that it had been. */
  readonly lost: CheckpointElsewhere | null;
  readonly more?: {
    readonly losses: readonly string[];
    readonly findings: readonly LogFinding[];
    /** `LogAudit.contents` */
    readonly contents: string;
  };
}

/** Writes it down, signed, with the name under which the operator works on this machine. @throws when the log does not take it */
export async function recordStatement(
  { store, vault, clock, siteId }: Recording,
  { type, state, lost, more }: OperatorStatement,
): Promise<void> {
  const newer =
    lost === null ? null : { size: lost.checkpoint.size, root: lost.checkpoint.root, signedAt: lost.signedAt };
  const statement = { type, newer, contents: more?.contents ?? null };
  const checkpoint = signState(state, { siteId, statement }, await signingKey({ vault, clock }));
  const commandId = randomUUID();
  const by = new UnsealedText(operatorName(), { subject: `operator-${commandId}`, class: 'identity' });
  const payload = { checkpoint, newer, by, ...more };
  const sealing = await vault.prepare(unsealedTextsIn(payload));
  const identity = { siteId, writer: { version, boot: randomUUID() } };
  const commandType = type === 'LogRestored' ? 'RestoreLog' : 'AcceptLogLoss';
  const about = { type, commandType, commandId, payload: (id: string) => sealPayload(payload, id, sealing) } as const;
  const end = await endOfIntegrity(store);
  await appendRecord(store, sealRecord({ identity, clock }, about, end), end);
}
