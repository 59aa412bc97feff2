import { LogCheckpointSigned, LogLossAccepted, LogRestored } from '@deskside/domain';
import type { KnownCheckpoint, ListOfEvents, SignedCheckpoint } from '@deskside/domain';
import * as v from 'valibot';
import type { Envelope } from '../envelope';
import type { RecordedEvent, Revision } from '../event-store';
import { readEnvelope } from '../seal';
import { isSigned } from './checkpoint';

/** What an event of the stream `integrity` says of the log. */
export interface SignedState {
  readonly kind: 'signed' | 'restored' | 'lossAccepted';
  readonly revision: Revision;
  readonly checkpoint: SignedCheckpoint;
  /** Of the events since the state before; null where there is none. */
  readonly list: ListOfEvents | null;
  /** What the log had been before, as far as it was known when it was restored or the loss accepted. */
  readonly newer: KnownCheckpoint | null;
  readonly at: string;
  /** Signature, root and edge fit each other. */
  readonly isSigned: boolean;
}

/** Null for an event that says nothing of the log, or nothing that can be read. */
export function readSignedState(event: Pick<RecordedEvent, 'type' | 'revision' | 'body'>): SignedState | null {
  const envelope = parsed(event);
  if (envelope === null) return null;
  const { siteId, occurredAt, payload } = envelope;
  const about = { revision: event.revision, at: occurredAt };
  const made = (
    kind: SignedState['kind'],
    { checkpoint, list = null, newer = null }: Partial<SignedState> & Pick<SignedState, 'checkpoint'>,
  ): SignedState => ({ ...about, kind, checkpoint, list, newer, isSigned: isSigned(checkpoint, siteId) });
  switch (event.type) {
    case LogCheckpointSigned.type:
      return v.is(LogCheckpointSigned.payload, payload) ? made('signed', payload) : null;
    case LogRestored.type:
      return v.is(LogRestored.payload, payload) ? made('restored', payload) : null;
    case LogLossAccepted.type:
      return v.is(LogLossAccepted.payload, payload) ? made('lossAccepted', payload) : null;
    default:
      return null;
  }
}

function parsed(event: Pick<RecordedEvent, 'body'>): Envelope | null {
  try {
    return readEnvelope(event);
  } catch {
    return null; // its bytes were changed
  }
}
