import type { KnownCheckpoint, ListOfEvents, SignedCheckpoint } from '@deskside/domain';
import type { RecordedEvent, Revision } from '../event-store';
import { readEnvelope } from '../seal';
import { isSigned } from './checkpoint';
import type { Turn } from './checkpoint';

/** What an event of the stream `integrity` says of the log. */
export interface SignedState {
  readonly kind: 'signed' | 'restored' | 'lossAccepted';
  readonly revision: Revision;
  readonly checkpoint: SignedCheckpoint;
  /** Of the events since the state before; null where there is none. */
  readonly list: ListOfEvents | null;
  /** What the log had been before, as far as it was known when it was restored or the loss accepted. */
  readonly newer: KnownCheckpoint | null;
  /** What was missing or changed when a loss was accepted, a sentence each. */
  readonly losses: readonly string[];
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
    const { checkpoint, list = null, newer = null, losses } = payload;
    if (typeof checkpoint !== 'object' || checkpoint === null) return null;
    const turn = kind === 'signed' ? null : { type: type as Turn['type'], newer };
    const about = { kind, revision, checkpoint, list, newer, losses: sentencesIn(losses), at: occurredAt };
    return { ...about, isSigned: isSigned(checkpoint, { siteId, turn }) };
  } catch {
    return null; // its bytes were changed
  }
}

function sentencesIn(losses: unknown): readonly string[] {
  return Array.isArray(losses) ? losses.map(String) : [];
}
