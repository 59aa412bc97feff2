import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Envelope } from './envelope';
import type { EventId, StreamName } from './event-store';
import { eventIdFor, GENESIS_HASH, readableEnvelope, readEnvelope, sealEvent, verifyChain, verifyLink } from './seal';

const stream = 'supportSession-1' as StreamName;

function envelope(revision: number, payload: unknown = { text: 'Grüße 🙂' }): Envelope {
  return {
    id: eventIdFor({ actorId: 'a', stream, commandId: 'c', index: revision }),
    type: 'ChatMessageSent',
    schemaVersion: 1,
    stream,
    revision: String(revision),
    occurredAt: '2026-01-01T00:00:00.000Z',
    actor: { kind: 'customer', id: 'a', sessionRole: 'primaryCustomer' },
    correlationId: 'r',
    causationId: null,
    commandId: 'c',
    commandType: 'SendChatMessage',
    siteId: 's',
    writer: { version: '1.0.0', boot: 'b' },
    payload,
  };
}

function chain(length: number) {
  let previous = GENESIS_HASH;
  return Array.from({ length }, (_, revision) => {
    const sealed = sealEvent(envelope(revision), previous);
    previous = sealed.hash;
    return { ...sealed, revision: BigInt(revision) };
  });
}

describe('sealEvent', () => {
  it('hashes the previous hash and the UTF-8 of the body', () => {
    const previous = createHash('sha256').update('before').digest();
    const sealed = sealEvent(envelope(0), previous);
    expect(sealed.body).toBe(JSON.stringify(envelope(0)));
    const expected = createHash('sha256').update(previous).update(sealed.body, 'utf8').digest('hex');
    expect(Buffer.from(sealed.hash).toString('hex')).toBe(expected);
  });

  it('hashes bodies that are larger than its scratch buffer alike', () => {
    const sealed = sealEvent(envelope(0, 'ü'.repeat(300_000)), GENESIS_HASH);
    const expected = createHash('sha256').update(new Uint8Array(32)).update(sealed.body, 'utf8').digest('hex');
    expect(Buffer.from(sealed.hash).toString('hex')).toBe(expected);
  });

  it('refuses a previous hash of another length', () => {
    expect(() => sealEvent(envelope(0), new Uint8Array(31))).toThrow('32 bytes');
  });

  it('is read back as it was', () => {
    expect(readEnvelope(sealEvent(envelope(3), GENESIS_HASH))).toEqual(envelope(3));
  });

  it('keeps earlier hashes when later events are sealed', () => {
    const first = sealEvent(envelope(0), GENESIS_HASH);
    const before = Buffer.from(first.hash).toString('hex');
    sealEvent(envelope(1), first.hash);
    expect(Buffer.from(first.hash).toString('hex')).toBe(before);
  });
});

describe('readableEnvelope', () => {
  const whole = sealEvent(envelope(0), GENESIS_HASH);
  it('is the envelope of bytes that hold one, whether or not they are those that were sealed', () => {
    expect(readableEnvelope(whole)).toEqual(readEnvelope(whole));
  });

  it.each(['', '{', 'null', '7', '[]', '{}', '{"id":"x","type":"y"}'])('is null for %j', (body) => {
    expect(readableEnvelope({ body })).toBeNull();
  });

  it('is null without what every event has', () => {
    for (const part of ['id', 'type', 'occurredAt', 'actor', 'payload'])
      expect(readableEnvelope({ body: JSON.stringify({ ...readEnvelope(whole), [part]: undefined }) })).toBeNull();
  });
});

describe('verifyLink', () => {
  it('fits the event that was sealed after that hash, and no other', () => {
    const [first, second] = chain(2);
    if (!first || !second) throw new Error('two events were made');
    expect(verifyLink(GENESIS_HASH, first)).toBe(true);
    expect(verifyLink(first.hash, second)).toBe(true);
    expect(verifyLink(GENESIS_HASH, second)).toBe(false);
    expect(verifyLink(GENESIS_HASH, { ...first, body: first.body.replace('Grüße', 'Grusse') })).toBe(false);
    expect(verifyLink(GENESIS_HASH, { ...first, hash: first.hash.subarray(1) })).toBe(false);
  });
});

describe('verifyChain', () => {
  it('accepts a whole stream and a part that follows a known event', () => {
    const events = chain(5);
    const known = events[2];
    if (!known) throw new Error('five events were made');
    expect(verifyChain(events)).toEqual({ whole: true, lastHash: events[4]?.hash });
    expect(verifyChain(events.slice(3), known).whole).toBe(true);
    expect(verifyChain([])).toEqual({ whole: true, lastHash: GENESIS_HASH });
  });

  it('names the first event whose bytes were changed', () => {
    const events = chain(5).map((event) =>
      event.revision === 2n ? { ...event, body: event.body.replace('Grüße', 'Grusse') } : event,
    );
    expect(verifyChain(events)).toEqual({ whole: false, revision: 2n, reason: 'HASH_MISMATCH' });
  });

  it('names the place of a missing event, also when its neighbours were renumbered', () => {
    const events = chain(5);
    const without = events.filter(({ revision }) => revision !== 2n);
    expect(verifyChain(without)).toEqual({ whole: false, revision: 2n, reason: 'REVISION_GAP' });
    const renumbered = without.map((event, at) => ({ ...event, revision: BigInt(at) }));
    expect(verifyChain(renumbered)).toEqual({ whole: false, revision: 2n, reason: 'HASH_MISMATCH' });
  });
});

describe('eventIdFor', () => {
  const parts = { actorId: 'a', stream, commandId: 'c', index: 0 };

  it('is a UUID of version 5 that depends on every part and on nothing else', () => {
    const id = eventIdFor(parts);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(eventIdFor({ ...parts })).toBe(id);
    const others: EventId[] = [
      eventIdFor({ ...parts, actorId: 'b' }),
      eventIdFor({ ...parts, stream: 'supportSession-2' as StreamName }),
      eventIdFor({ ...parts, commandId: 'd' }),
      eventIdFor({ ...parts, index: 1 }),
    ];
    expect(new Set([id, ...others]).size).toBe(5);
  });

  it('keeps its parts apart', () => {
    const moved = { ...parts, actorId: 'as', stream: 'upportSession-1' as StreamName };
    expect(eventIdFor({ ...parts, actorId: 'a' })).not.toBe(eventIdFor(moved));
  });
});
