import type { ListOfEvents } from '@deskside/domain';
import type { Revision, StreamName } from '../event-store';

/** An event as a checkpoint lists it: enough to name it when it is changed, moved or gone. */
export interface ListedEvent {
  readonly stream: StreamName;
  readonly revision: Revision;
  /** The first four bytes of its hash, as eight hexadecimal digits. */
  readonly mark: string;
}

const MARK_BYTES = 4;

export function markOf(hash: Uint8Array): string {
  return Buffer.from(hash.buffer, hash.byteOffset, MARK_BYTES).toString('hex');
}

interface Listed {
  readonly stream: StreamName;
  readonly revision: Revision;
  readonly hash: Uint8Array;
}

/**
 * Some six bytes an event: its stream's number (unsigned LEB128) and the first four bytes of its hash, base64.
 * @throws when the events of a stream do not stand one behind the other
 */
export function encodeList(events: readonly Listed[]): ListOfEvents {
  const places = new Map<StreamName, { readonly number: number; next: Revision }>();
  const streams: { name: string; first: string }[] = [];
  const bytes: number[] = [];
  for (const { stream, revision, hash } of events) {
    const known = places.get(stream);
    const place = known ?? { number: streams.push({ name: stream, first: revision.toString() }) - 1, next: revision };
    if (place.next !== revision) throw new Error(`Revision ${place.next} of ${stream} is missing in the list.`);
    place.next += 1n;
    if (known === undefined) places.set(stream, place);
    pushNumber(bytes, place.number);
    bytes.push(...hash.subarray(0, MARK_BYTES));
  }
  return { streams, order: Buffer.from(bytes).toString('base64') };
}

/** @throws when it is no list. */
export function decodeList({ streams, order }: ListOfEvents): readonly ListedEvent[] {
  const next = streams.map(({ name, first }) => ({ stream: name as StreamName, revision: BigInt(first) }));
  const bytes = Buffer.from(order, 'base64');
  const events: ListedEvent[] = [];
  for (let at = 0; at < bytes.length;) {
    const [number, behind] = readNumber(bytes, at);
    const of = next[number];
    if (of === undefined || behind + MARK_BYTES > bytes.length) throw new Error('The list of a checkpoint is damaged.');
    events.push({ ...of, mark: bytes.toString('hex', behind, behind + MARK_BYTES) });
    of.revision += 1n;
    at = behind + MARK_BYTES;
  }
  return events;
}

function pushNumber(bytes: number[], number: number): void {
  let rest = number;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
}

function readNumber(bytes: Buffer, start: number): readonly [number: number, behind: number] {
  let number = 0;
  for (let at = start, shift = 0; at < bytes.length; at++, shift += 7) {
    const byte = bytes.readUInt8(at);
    number |= (byte & 0x7f) << shift;
    if (byte < 0x80) return [number, at + 1];
  }
  return [number, bytes.length];
}
