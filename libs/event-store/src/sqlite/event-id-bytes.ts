import type { EventId } from '../event-store';

export const ID_BYTES = 16;
const canonical = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Writes an event id as its 16 bytes. @throws when it is not a UUID in canonical form: ids are made by the server. */
export function writeEventId(id: EventId, target: Buffer, offset: number): void {
  if (!canonical.test(id)) throw new Error('An event id must be a UUID in lower case with hyphens.');
  const hex = id.slice(0, 8) + id.slice(9, 13) + id.slice(14, 18) + id.slice(19, 23) + id.slice(24);
  target.write(hex, offset, ID_BYTES, 'hex');
}

/** The canonical form of 32 hexadecimal digits in lower case. */
export function hyphenate(hex: string): EventId {
  const text = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return text as EventId;
}

/** The canonical form of 16 stored bytes. */
export function readEventId(bytes: Uint8Array): EventId {
  return hyphenate(Buffer.from(bytes.buffer, bytes.byteOffset, ID_BYTES).toString('hex'));
}
