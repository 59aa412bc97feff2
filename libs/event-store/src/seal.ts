import { createHash, hash } from 'node:crypto';
import type { Envelope } from './envelope';
import type { EventId, Revision, SealedEvent, StreamName } from './event-store';

/** Previous hash of a stream's first event: 32 zero bytes. */
export const GENESIS_HASH: Uint8Array = new Uint8Array(32);

const HASH_BYTES = 32;
// One buffer for the usual small body: no allocation and one native call per event.
const scratch = Buffer.allocUnsafe(64 * 1024);
const expected = Buffer.alloc(HASH_BYTES);

/** SHA-256(previous hash ‖ UTF-8 of body) (FIPS 180-4), a letter of Latin-1 for each of 32 bytes: Node makes no faster form. */
function linkHash(previousHash: Uint8Array, body: string): string {
  const room = HASH_BYTES + body.length * 3; // no UTF-16 unit takes more than three bytes of UTF-8
  const buffer = room <= scratch.length ? scratch : Buffer.allocUnsafe(room);
  buffer.set(previousHash, 0);
  const length = HASH_BYTES + buffer.write(body, HASH_BYTES, 'utf8');
  return hash('sha256', buffer.subarray(0, length), 'latin1');
}

/** Makes the exact bytes of an event and links them to the stream's previous event. @throws when `previousHash` is not 32 bytes. */
export function sealEvent(envelope: Envelope, previousHash: Uint8Array): SealedEvent {
  if (previousHash.length !== HASH_BYTES) throw new Error('The hash of the previous event must have 32 bytes.');
  const body = JSON.stringify(envelope);
  return { id: envelope.id, type: envelope.type, body, hash: Buffer.from(linkHash(previousHash, body), 'latin1') };
}

/** The envelope that the bytes hold. The caller names the payload's type after a run-time check, not before. */
export function readEnvelope<Payload = unknown>(recorded: Pick<SealedEvent, 'body'>): Envelope<Payload> {
  return JSON.parse(recorded.body) as Envelope<Payload>;
}

/** The same, or null when the bytes are none: in a damaged log one event is passed by so that all the others can be read. */
export function readableEnvelope<Payload = unknown>(recorded: Pick<SealedEvent, 'body'>): Envelope<Payload> | null {
  try {
    const envelope: unknown = readEnvelope(recorded);
    return isEnvelope(envelope) ? (envelope as Envelope<Payload>) : null;
  } catch {
    return null;
  }
}

/** Its chain of hashes says whether anything in it was changed; this says whether it can be worked with at all. */
function isEnvelope(value: unknown): value is Envelope {
  const { id, type, occurredAt, actor, payload } = (value ?? {}) as Partial<Record<keyof Envelope, unknown>>;
  const areTexts = [id, type].every((text) => typeof text === 'string');
  const areObjects = [actor, payload].every((part) => typeof part === 'object' && part !== null);
  return areTexts && areObjects && !Number.isNaN(Date.parse(String(occurredAt)));
}

/** True when the event's bytes are the ones that were sealed after the event of `previousHash`. */
export function verifyLink(previousHash: Uint8Array, sealed: Pick<SealedEvent, 'body' | 'hash'>): boolean {
  expected.write(linkHash(previousHash, sealed.body), 'latin1');
  return sealed.hash.length === HASH_BYTES && Buffer.compare(expected, sealed.hash) === 0;
}

/** What is stored beside the bytes of an event and said by them too. */
interface Beside {
  readonly stream: string;
  readonly revision: Revision;
  readonly type: string;
  readonly id: string;
  readonly body: string;
}

/** The first field that differs, such as `revision`; `body` when the bytes are no envelope. */
export function contradictedField(event: Beside): 'stream' | 'revision' | 'type' | 'id' | 'body' | undefined {
  if (beginsAsSealed(event)) return undefined;
  const envelope = readableEnvelope(event);
  if (envelope === null) return 'body';
  if (envelope.stream !== event.stream) return 'stream';
  if (envelope.revision !== event.revision.toString()) return 'revision';
  if (envelope.type !== event.type) return 'type';
  return envelope.id === event.id ? undefined : 'id';
}

/** True for what `sealEvent` makes of these fields: parsing each body takes longer than all other checks together. */
function beginsAsSealed({ stream, revision, type, id, body }: Beside): boolean {
  const afterType = endOf(body, ['{"id":"', id, '","type":"', type, '","schemaVersion":'], 0);
  if (afterType < 0) return false;
  const afterVersion = body.indexOf(',', afterType);
  return endOf(body, [',"stream":"', stream, '","revision":"', revision.toString(), '",'], afterVersion) > 0;
}

/** Where these parts end that stand one behind the other from there on; negative when they do not. */
function endOf(text: string, parts: readonly string[], start: number): number {
  let at = start;
  for (const part of parts) {
    if (!text.startsWith(part, at)) return -1;
    at += part.length;
  }
  return at;
}

/** `revision`: the first event that does not fit, because one is missing or doubled, or because bytes were changed. */
export type ChainVerdict =
  | { readonly whole: true; readonly lastHash: Uint8Array }
  | { readonly whole: false; readonly revision: Revision; readonly reason: 'REVISION_GAP' | 'HASH_MISMATCH' };

/** Checks a stream's events in order, from its start or from a known event (`previous`). */
export function verifyChain(
  events: readonly (Pick<SealedEvent, 'body' | 'hash'> & { readonly revision: Revision })[],
  previous: { readonly revision: Revision; readonly hash: Uint8Array } = { revision: -1n, hash: GENESIS_HASH },
): ChainVerdict {
  let { revision, hash: lastHash } = previous;
  for (const event of events) {
    revision += 1n;
    if (event.revision !== revision) return { whole: false, revision, reason: 'REVISION_GAP' };
    if (!verifyLink(lastHash, event)) return { whole: false, revision, reason: 'HASH_MISMATCH' };
    lastHash = event.hash;
  }
  return { whole: true, lastHash };
}

/** Deskside's own UUID namespace for event ids; made once at random, never changed. */
const EVENT_NAMESPACE = Buffer.from('6f2b1d0c9a4e4b7e8c35d41c7be02f9a', 'hex');

/** What makes an event the same event when a command is sent again. */
export interface EventIdParts {
  readonly actorId: string;
  readonly stream: StreamName;
  readonly commandId: string;
  /** Place among the events of one command, from 0. */
  readonly index: number;
}

/** UUIDv5 (RFC 9562, section 5.5): a command that is sent again makes the same ids. */
export function eventIdFor(parts: EventIdParts): EventId {
  // JSON keeps the parts apart: ("a", "bc") and ("ab", "c") never give one name.
  const name = JSON.stringify([parts.actorId, parts.stream, parts.commandId, parts.index]);
  const bytes = createHash('sha1').update(EVENT_NAMESPACE).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-') as EventId;
}
