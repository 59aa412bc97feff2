import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import * as domain from '../index';
import { UnsealedText } from '../personal-data';
import type { PersonalClass } from '../personal-data';
import { sealed } from '../test-support/given-when-then';
import { samplePayloads } from '../test-support/sample-events';
import type { SampledType } from '../test-support/sample-events';
import { erasingEventTypes, eventRegistry } from './event-registry';

/** The personal fields, written out by hand. Every other event has none. */
const personalFields: Partial<Record<SampledType, Record<string, PersonalClass>>> = {
  AccountCreated: { name: 'identity', email: 'identity' },
  AccountChanged: { name: 'identity' },
  ChatMessageSent: { text: 'content' },
  CustomerInvited: { recipient: 'content', customerName: 'content' },
  InvitationFailed: { serverReply: 'content' },
  JoinRequested: { name: 'identity' },
  LogLossAccepted: { by: 'identity' },
  LogRestored: { by: 'identity' },
  NoteSaved: { text: 'content' },
  ParticipantJoined: { name: 'identity' },
  SessionStarted: { subject: 'content', ticket: 'content' },
};

const samples = Object.entries(samplePayloads) as [SampledType, object][];
const fields = Object.entries(personalFields).flatMap(([type, paths]) =>
  Object.entries(paths).map(([path, personalClass]) => [type as SampledType, path, personalClass] as const),
);

describe(`the registry of ${samples.length} types of event`, () => {
  it('has a sample of each type, and each type once', () => {
    expect([...eventRegistry.keys()].sort()).toEqual(Object.keys(samplePayloads).sort());
  });

  it('has every declaration that the library exports, under its own name', () => {
    const exported = Object.entries<unknown>(domain)
      .filter(([, value]) => typeof value === 'object' && value !== null && 'visibleTo' in value)
      .map(([name]) => name);
    expect(exported.sort()).toEqual([...eventRegistry.keys()].sort());
    for (const [name, declaration] of eventRegistry) expect(declaration.type).toBe(name);
  });

  it.each(samples)('%s takes its sample, and drops what does not belong', (type, payload) => {
    const schema = declared(type).payload;
    expect(v.parse(schema, payload)).toEqual(payload);
    expect(v.parse(schema, { ...payload, clearName: 'Ana Ivi\u0107' })).toEqual(payload);
  });

  it('takes a loss that was accepted before its findings stood in the event as well', () => {
    const { findings: _, ...earlier } = samplePayloads.LogLossAccepted;
    expect(v.parse(declared('LogLossAccepted').payload, earlier)).toEqual(earlier);
  });

  it('can bring every type up from each of its earlier versions', () => {
    for (const { type, version, upcasters = {} } of eventRegistry.values()) {
      const earlier = Array.from({ length: version - 1 }, (_, n) => String(n + 1));
      expect([type, Object.keys(upcasters)]).toEqual([type, earlier]);
    }
  });
});

describe('personal fields', () => {
  it.each(samples)('of %s are the same in its schema, its declaration and the table', (type) => {
    const expected = personalFields[type] ?? {};
    expect(declared(type).personal).toEqual(expected);
    expect(personalPathsOf(declared(type).payload).sort()).toEqual(Object.keys(expected).sort());
  });

  it.each(fields)('%s.%s takes a text sealed under its own class only', (type, path, personalClass) => {
    const other = personalClass === 'identity' ? 'content' : 'identity';
    const takes = (value: unknown): boolean => v.is(declared(type).payload, { ...samplePayloads[type], [path]: value });
    expect(takes(sealed('customer-1', personalClass, 'abc'))).toBe(true);
    expect(takes(sealed('customer-1', personalClass, 'abc', 7))).toBe(true);
    expect(takes(new UnsealedText('Ana', { subject: 'customer-1', class: personalClass }))).toBe(true);
    expect(takes({ erased: true })).toBe(true);
    expect(takes(sealed('customer-1', other, 'abc'))).toBe(false);
    expect(takes(new UnsealedText('Ana', { subject: 'customer-1', class: other }))).toBe(false);
  });

  it.each(fields)('%s.%s refuses everything that looks like text in the clear', (type, path, personalClass) => {
    const seal = sealed('customer-1', personalClass, 'abc');
    for (const value of [
      'Ana Ivi\u0107',
      '',
      42,
      null,
      ['Ana'],
      { text: 'Ana' },
      { value: 'Ana', erased: true },
      { erased: true, text: 'Ana' },
      { erased: false },
      { erased: 'Ana' },
      { subject: 'customer-1', class: personalClass },
      { ...seal, text: 'Ana' },
      { ...seal, ciphertext: 'Ana Ivi\u0107' },
      { ...seal, ciphertext: '' },
      { ...seal, nonce: 'Ana Ivi\u0107' },
      { ...seal, item: 'Ana' },
      { ...seal, subject: { name: 'Ana' } },
    ])
      expect(v.is(declared(type).payload, { ...samplePayloads[type], [path]: value })).toBe(false);
  });
});

describe('erasing events', () => {
  it('are these', () => {
    expect([...erasingEventTypes].sort()).toEqual(['ChatMessageTakenBack', 'PersonalDataErased']);
  });

  it('name keys: the very one of the line, and those of all that is to go', () => {
    expect(keysErasedBy('ChatMessageTakenBack')).toEqual([
      { subject: samplePayloads.ChatMessageSent.text.subject, class: 'content', item: 4 },
    ]);
    expect(keysErasedBy('PersonalDataErased')).toEqual(samplePayloads.PersonalDataErased.keys);
  });

  it.each([{}, { item: null }, { item: 1.5 }, { item: 4, class: 'identity' }])(
    'take back no more than one line: %j',
    (key) => {
      const payload = { ...samplePayloads.ChatMessageTakenBack, key: { subject: 's', class: 'content', ...key } };
      expect(v.is(declared('ChatMessageTakenBack').payload, payload)).toBe(false);
    },
  );
});

describe('forms that several events share', () => {
  const takes = (numberExpiresAt: string): boolean =>
    v.is(declared('SessionStarted').payload, { ...samplePayloads.SessionStarted, numberExpiresAt });

  it('take an instant in UTC with milliseconds only, so that texts compare as times', () => {
    expect(takes('2026-11-20T09:15:00.000Z')).toBe(true);
    for (const wrong of ['2026-11-20T09:15:00Z', '2026-11-20T09:15:00.000+01:00', '20260-11-20T09:15:00.000Z', 'now'])
      expect(takes(wrong)).toBe(false);
  });

  it('take ids as lower-case UUIDs only, never a name or a word of the language', () => {
    for (const participantId of ['Ana', '__proto__', 'constructor', '', 'A0000000-0000-4000-8000-000000000001', 7])
      expect(v.is(declared('ParticipantLeft').payload, { participantId })).toBe(false);
  });

  it('take nine digits as the number of a session', () => {
    for (const number of [
      '48291305',
      '4829130570',
      '48291305a',
      '\u0664\u0668\u0662\u0669\u0661\u0663\u0660\u0665\u0667',
    ])
      expect(v.is(declared('SessionStarted').payload, { ...samplePayloads.SessionStarted, number })).toBe(false);
  });
});

function declared(type: SampledType): domain.EventDeclaration {
  const declaration = eventRegistry.get(type);
  if (declaration === undefined) throw new Error(`${type} is not declared.`);
  return declaration;
}

function keysErasedBy(type: SampledType): unknown {
  return declared(type).erases?.(samplePayloads[type]);
}

/** Dotted paths of the fields that only `personalText` can be: no other schema of an event is a custom one. */
function personalPathsOf(schema: unknown, path = ''): string[] {
  const { type, entries, wrapped, item, options } = schema as {
    type: string;
    entries?: Record<string, unknown>;
    wrapped?: unknown;
    item?: unknown;
    options?: readonly unknown[];
  };
  switch (type) {
    case 'custom':
      return [path];
    case 'object':
      return Object.entries(entries ?? {}).flatMap(([key, child]) =>
        personalPathsOf(child, path === '' ? key : `${path}.${key}`),
      );
    case 'optional':
    case 'exact_optional':
    case 'nullable':
      return personalPathsOf(wrapped, path);
    case 'array':
      return personalPathsOf(item, `${path}.*`);
    case 'union':
    case 'variant':
      return (options ?? []).flatMap((option) => personalPathsOf(option, path));
    case 'string':
    case 'number':
    case 'boolean':
    case 'literal':
    case 'picklist':
      return [];
    default:
      throw new Error(`This test cannot look into a schema of type ${type}.`);
  }
}
