import { UnsealedText } from '@deskside/domain';
import { eventIdFor, GENESIS_HASH, sealEvent } from '@deskside/event-store';
import type { Envelope, SealedEvent, StreamName } from '@deskside/event-store';
import { sealPayload } from '@deskside/vault';
import type { PreparedSealing } from '@deskside/vault';

/** Bytes of JSON of one payload: the size of the raw limits in the project's notes. */
const PAYLOAD_BYTES = 463;
const WORDS = 'the customer says that the second window stays empty after signing in again ';

export interface SampleStream {
  readonly name: StreamName;
  readonly envelopes: readonly Envelope[];
}

/** A payload of plain fields, PAYLOAD_BYTES long. */
function plainPayload(): unknown {
  const text = WORDS.repeat(10);
  const empty = JSON.stringify({ text: '', to: 'everyone', number: 7 }).length;
  return { text: text.slice(0, PAYLOAD_BYTES - empty), to: 'everyone', number: 7 };
}

/** Eight fields of which five are personal: a line with a key of its own and four under the keys of their subjects. */
export function personalPayload(session: string): unknown {
  const own = { subject: session, class: 'content', ownKey: true } as const;
  const content = { subject: session, class: 'content' } as const;
  const identity = { subject: `customer-${session}`, class: 'identity' } as const;
  return {
    text: new UnsealedText(WORDS, own),
    name: new UnsealedText('Ana Example', identity),
    mail: new UnsealedText('ana@example.org', identity),
    note: new UnsealedText('calls back at four', content),
    file: new UnsealedText('invoice.pdf', content),
    to: 'everyone',
    number: 7,
    visible: true,
  };
}

export interface SampleSize {
  readonly streams: number;
  readonly events: number;
  /** Stands in the names of the streams; absent where each run has a log of its own. */
  readonly run?: string;
}

/** Envelopes for `streams` sessions, `events` in all; `run` makes names and ids different from those of other runs. */
export function sampleStreams(
  { streams, events, run }: SampleSize,
  payload: (stream: string) => unknown = plainPayload,
): SampleStream[] {
  const each = Math.ceil(events / streams);
  return Array.from({ length: streams }, (_, at) => {
    const name = (run === undefined ? `supportSession-${at}` : `supportSession-${run}-${at}`) as StreamName;
    return { name, envelopes: Array.from({ length: each }, (__, revision) => envelope(name, revision, payload(name))) };
  });
}

/** Seals a stream's envelopes one behind the other; `prepared` seals their personal fields. */
export function sealStream({ envelopes }: SampleStream, prepared?: PreparedSealing): SealedEvent[] {
  let previous = GENESIS_HASH;
  return envelopes.map((each) => {
    const payload = prepared ? sealPayload(each.payload, each.id, prepared) : each.payload;
    const sealed = sealEvent({ ...each, payload }, previous);
    previous = sealed.hash;
    return sealed;
  });
}

function envelope(stream: StreamName, revision: number, payload: unknown): Envelope {
  const commandId = `command-${revision}`;
  return {
    id: eventIdFor({ actorId: 'customer-1', stream, commandId, index: 0 }),
    type: revision % 3 === 0 ? 'ChatMessageSent' : 'NoteSaved',
    schemaVersion: 1,
    stream,
    revision: String(revision),
    occurredAt: '2026-01-01T00:00:00.000Z',
    actor: { kind: 'customer', id: 'customer-1', sessionRole: 'primaryCustomer' },
    correlationId: 'c0ffee00-0000-4000-8000-000000000000',
    causationId: null,
    commandId,
    commandType: 'SendChatMessage',
    siteId: 'site-1',
    writer: { version: '0.1.0', boot: 'boot-1' },
    payload,
  };
}
