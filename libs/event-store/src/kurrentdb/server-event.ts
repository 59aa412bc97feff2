import { randomUUID } from 'node:crypto';
import type { EventData, RecordedEvent as ServerEvent } from '@kurrent/kurrentdb-client';
import type { EventId, RecordedEvent, SealedEvent, StreamName } from '../event-store';
import { GENESIS_HASH } from '../seal';
import { toPosition } from './kurrent-position';

/** What stands beside the bytes of an event: its id and its hash. */
interface SealMetadata {
  readonly id: string;
  readonly hash: string;
}

/**
 * The body goes as bytes, since whatever is sent as JSON is parsed on the way back and may differ by a letter. The server
 * gets an id of its own for each attempt: it takes a repeated id for a success when the expected revision fits, also when
 * the bytes differ, and would hide that they were not written (docs/decisions/0015).
 */
export function toServerEvent({ id, type, body, hash }: SealedEvent): EventData {
  const metadata: SealMetadata = { id, hash: Buffer.from(hash).toString('hex') };
  return {
    id: randomUUID(),
    type,
    contentType: 'application/octet-stream',
    data: Buffer.from(body, 'utf8'),
    metadata: { ...metadata },
  };
}

/** The event as the port gives it, or null when it is not one that Deskside has sealed. */
export function toRecorded(event: ServerEvent): RecordedEvent | null {
  const seal = sealOf(event.metadata);
  if (seal === null || event.isJson || event.position === undefined) return null;
  return {
    id: seal.id as EventId,
    type: event.type,
    body: Buffer.from(event.data as Uint8Array).toString('utf8'),
    hash: Buffer.from(seal.hash, 'hex'),
    stream: event.streamId as StreamName,
    revision: event.revision,
    position: toPosition(event.position),
  };
}

/** Told apart from ours by its hash, which is none. */
export function isUnsealed({ hash }: Pick<RecordedEvent, 'hash'>): boolean {
  return Buffer.compare(hash, GENESIS_HASH) === 0;
}

/** A foreign event in a place of ours, so that whoever reads the stream sees that something is wrong there. */
export function asUnsealed(event: ServerEvent): RecordedEvent {
  return {
    id: event.id as EventId,
    type: event.type,
    body: event.isJson ? String(event.data) : Buffer.from(event.data as Uint8Array).toString('utf8'),
    hash: GENESIS_HASH,
    stream: event.streamId as StreamName,
    revision: event.revision,
    position: toPosition(event.position ?? { commit: 0n, prepare: 0n }),
  };
}

function sealOf(metadata: unknown): SealMetadata | null {
  const { id, hash } = (metadata ?? {}) as Partial<SealMetadata>;
  return typeof id === 'string' && typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash) ? { id, hash } : null;
}
