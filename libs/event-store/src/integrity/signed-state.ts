import type { KnownCheckpoint, ListOfEvents, LogFinding, SignedCheckpoint } from '@deskside/domain';
import type { RecordedEvent, Revision } from '../event-store';
import { readEnvelope } from '../seal';
import { isSigned } from './checkpoint';
import type { Statement } from './checkpoint';

/** What an event of the stream `integrity` says of the log. */
export interface SignedState {
  readonly kind: 'signed' | 'restored' | 'lossAccepted';
  readonly revision: Revision;
  readonly checkpoint: SignedCheckpoint;
  /** Of the events since the state before; null where there is none. */
  readonly list: ListOfEvents | null;
  /** What the log had been before, as far as it was known when it was restored or the loss accepted. */
  readonly newer: KnownCheckpoint | null;
  /** What stood in the log when a loss was accepted (`ContentsHash`); null where none was. */
  readonly contents: string | null;
  /** What was missing or changed when a loss was accepted, a sentence each. */
  readonly losses: readonly string[];
  /** The same for programs; none in an event of an earlier version. */
  readonly findings: readonly LogFinding[];
  readonly at: string;
  /** Signature, root and edge fit each other. */
  readonly isSigned: boolean;
}

const kinds: Readonly<Record<string, SignedState['kind'] | undefined>> = {
  LogCheckpointSigned: 'signed',
  LogRestored: 'restored',
  LogLossAccepted: 'lossAccepted',
};

/**
 * Null for an event that says nothing of the log. The signature is the check of what it says: no form of the payload is
 * checked here, so that threads which only write need not load the declarations of all events.
 */
export function readSignedState({
  type,
  revision,
  body,
}: Pick<RecordedEvent, 'type' | 'revision' | 'body'>): SignedState | null {
  const kind = kinds[type];
  if (kind === undefined) return null;
  try {
    const { siteId, occurredAt, payload } = readEnvelope<Partial<SignedState>>({ body });
    const { checkpoint, losses, findings } = payload;
    if (typeof checkpoint !== 'object' || checkpoint === null) return null;
    const said = { list: null, newer: null, contents: null, ...payload };
    const statement = kind === 'signed' ? null : { ...said, type: type as Statement['type'] };
    return {
      ...{ kind, revision, checkpoint, at: occurredAt },
      ...{ list: said.list, newer: said.newer, contents: said.contents },
      ...{ losses: sentencesIn(losses), findings: listIn(findings) },
      isSigned: isSigned(checkpoint, { siteId, statement }),
    };
  } catch {
    return null; // its bytes were changed
  }
}

function sentencesIn(losses: unknown): readonly string[] {
  return Array.isArray(losses) ? losses.map(String) : [];
}

/** Anybody may have written it: what is no list of objects says nothing. */
function listIn(findings: readonly LogFinding[] | undefined): readonly LogFinding[] {
  const isList = Array.isArray(findings) && findings.every((each) => typeof each === 'object' && each !== null);
  return isList ? (findings as readonly LogFinding[]) : [];
}
