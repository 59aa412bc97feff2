import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { choiceFailures, eventRegistry, grantEndings, refusalCodes, sendingFailures } from '@deskside/domain';
import { kindOf } from './event-kinds';
import { People } from './people';
import type { LogFinding } from '@deskside/domain';
import type { FeedEvent } from '@deskside/ui';
import type { Sentence, SentencesValue, SentenceValue, TermsValue } from './sentence';
import { sentenceOf } from './sentence-of';

const someId = '00000000-0000-4000-8000-000000000001';

const source = { place: 'log', signedAt: null } as const;
/** What an operator may have accepted, in every shape. */
const findings: readonly LogFinding[] = [
  { kind: 'changed', stream: 'queue-1', revision: '3', reason: 'Its hash does not fit.' },
  { kind: 'missing', stream: 'queue-1', from: '3', to: '3', isWhole: false },
  { kind: 'missing', stream: 'queue-1', from: '3', to: '5', isWhole: false },
  { kind: 'missing', stream: 'queue-1', from: '0', to: '5', isWhole: true },
  { kind: 'inserted', stream: 'queue-1', revision: '3' },
  { kind: 'moved', stream: 'queue-1', revision: '3' },
  { kind: 'gap', from: '7', to: '7' },
  { kind: 'gap', from: '7', to: '9' },
  { kind: 'short', found: 9, known: '12', source },
  { kind: 'noHead', position: '12', end: '9' },
  { kind: 'otherEvents', size: '12', source },
  { kind: 'unsigned', revision: '3' },
  { kind: 'otherKey', key: 'a2V5', known: 'a25vd24=' },
];

/** One event of every shape that has a sentence of its own. */
const payloads: Readonly<Record<string, readonly object[]>> = {
  SessionStarted: [
    { direction: 'outbound', number: '482913057' },
    { direction: 'inbound', number: '482913057' },
  ],
  SessionEnded: [
    { reason: 'endedByRepresentative', by: someId },
    { reason: 'numberLapsed', by: null },
    { reason: 'reported', by: null },
  ],
  JoinRequested: [{ participantId: someId, customerId: someId, name: 'Ana' }],
  ParticipantJoined: ['primaryRepresentative', 'assistingRepresentative', 'primaryCustomer', 'secondaryCustomer'].map(
    (role) => ({ participantId: someId, role, personId: someId, name: 'Ana' }),
  ),
  ChatMessageSent: [
    { messageId: 'm1', authorId: someId, to: 'all', text: 'x' },
    { messageId: 'm1', authorId: someId, to: someId, text: 'x' },
    { messageId: 'taken back', authorId: someId, to: 'all', text: { erased: true } },
  ],
  AccountCreated: ['firstStart', 'recovery', 'invitation'].map((origin) => ({
    representativeId: someId,
    name: 'Ana',
    email: 'a@b.rs',
    roles: ['auditor'],
    origin,
  })),
  AccountChanged: [{ name: 'Ana' }, { locale: 'sr-Cyrl' }, {}],
  RolesGranted: [{ roles: ['auditor', 'administrator'] }],
  RolesWithdrawn: [{ roles: ['supervisor'] }],
  AccountLinkIssued: [{ purpose: 'invitation' }, { purpose: 'reset' }],
  PasswordChanged: ['firstStart', 'recovery', 'link', 'own'].map((how) => ({ how })),
  SignedOut: [{ scope: 'thisSignIn' }, { scope: 'everywhere' }],
  SiteCreated: [{ settings: { name: 'Site', privacyNotice: '', defaultLocale: 'en' } }],
  SiteSettingsChanged: [
    { settings: { name: 'x' } },
    { settings: { privacyNotice: 'x' } },
    { settings: { defaultLocale: 'zh-Hant-TW' } },
    { settings: { name: 'x', privacyNotice: 'y', defaultLocale: 'en' } },
  ],
  ValueClaimed: [{ kind: 'email' }, { kind: 'sessionNumber' }],
  ValueReleased: [{ reason: 'orphaned' }, { reason: 'sessionEnded' }, { reason: 'addressChanged' }],
  CommandRefused: refusalCodes.map((code) => ({ command: 'endSession', code })),
  UnauthenticatedRefused: ['signIn', 'sessionNumber', 'accountLink', 'invitationLink'].map((kind) => ({
    kind,
    count: 3,
  })),
  SearchMade: ['number', 'name', 'date'].map((by) => ({ by, results: 2 })),
  PersonalDataErased: [{ customerId: someId, sessionIds: [someId], keys: [] }],
  ProjectionRebuilt: [{ projection: 'accounts' }],
  ProjectionPaused: [
    { projection: 'accounts', paused: true },
    { projection: 'accounts', paused: false },
  ],
  PermissionRequested: [{ ownerId: someId, requestedBy: someId }],
  PermissionRequestShown: [{ expiresAt: '2026-11-20T12:02:00.000Z' }],
  PermissionTimeExtended: [{ expiresAt: '2026-11-20T12:04:00.000Z' }],
  PermissionNothingChosen: choiceFailures.map((reason) => ({ reason })),
  PermissionGranted: [null, someId].map((resumes) => ({ ownerId: someId, grantees: [someId], resumes })),
  PermissionWithdrawn: [{ by: someId }, { by: null }],
  PermissionRevoked: [{ by: someId }],
  PermissionEnded: grantEndings.flatMap((reason) => [
    { reason, by: someId },
    { reason, by: null },
  ]),
  NoteSaved: [{ authorId: someId, version: 1, text: 'x' }],
  DeviceDescribed: [{ participantId: someId, device: { browser: 'Firefox', system: 'Windows' } }],
  CustomerInvited: [
    { by: someId, channel: 'email', recipient: 'a@b.rs' },
    { by: someId, channel: 'phone', recipient: '+381 11 1' },
    { by: someId, channel: 'phone' },
    { by: someId, channel: 'instantMessage' },
  ],
  InvitationResent: [{ by: someId, attempt: 2 }],
  InvitationSent: [{ attempt: 1 }],
  InvitationFailed: sendingFailures.map((reason) => ({ reason })),
  InvitationWithdrawn: [{ by: someId }],
  SessionReported: [
    { via: 'number', participantId: null },
    { via: 'invitation', participantId: null },
    { via: 'participant', participantId: someId },
  ],
  ReportRun: [{ report: 'csrActivity', from: '2026-11-01', to: '2026-11-20', timeZone: 'Europe/Belgrade' }],
  ReportExported: [{ report: 'csrActivity', from: '2026-11-01', to: '2026-11-20', timeZone: 'Europe/Belgrade' }],
  LogCheckpointSigned: [{ checkpoint: { size: '1000' } }],
  LogRestored: [null, { size: '1200' }].map((newer) => ({ checkpoint: { size: '1000' }, newer, by: 'root' })),
  LogLossAccepted: [
    { losses: ['Event 3 of queue-1 is missing.'], by: 'root' },
    ...findings.map((finding) => ({ losses: ['Said in English.'], findings: [finding], by: 'root' })),
  ],
  TestMailSent: [{ accepted: true }, { accepted: false }],
};

function recorded(type: string, payload: unknown, revision = 0): FeedEvent {
  const actor = { kind: 'representative', id: someId };
  return { type, payload, revision, occurredAt: '2026-11-20T12:00:00.000Z', actor };
}

function everyShape(type: string): readonly FeedEvent[] {
  return (payloads[type] ?? [{ participantId: someId, authorId: someId, messageId: 'm1' }]).map((p) =>
    recorded(type, p),
  );
}

const people = People.of([recorded('ChatMessageTakenBack', { messageId: 'taken back' })]);
const telling = { people, stream: `representative-${someId}` };

function isTerms(value: SentenceValue): value is TermsValue {
  return typeof value === 'object' && 'terms' in value;
}

/** It, and those within it. */
function allIn(sentence: Sentence): readonly Sentence[] {
  return [sentence, ...Object.values(sentence.values).flatMap((value) => (isSentences(value) ? value.sentences : []))];
}

function isSentences(value: SentenceValue): value is SentencesValue {
  return typeof value === 'object' && 'sentences' in value;
}

function textAt(texts: unknown, key: string): unknown {
  return key.split('.').reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], texts);
}

describe('the sentence of an event', () => {
  it.each(['en', 'sr-Latn', 'zh-Hant-TW'])('stands in %s for every type and shape, with all its places filled', (l) => {
    const texts: unknown = JSON.parse(readFileSync(new URL(`../../i18n/${l}.json`, import.meta.url), 'utf8'));
    const events = [...eventRegistry.keys()].flatMap(everyShape);
    for (const { key, values } of events.flatMap((event) => allIn(sentenceOf(event, telling)))) {
      const text = textAt(texts, key);
      expect([key, typeof text]).toEqual([key, 'string']);
      const places = [...String(text).matchAll(/\{(\w+)[,}]/g)].map(([, place]) => String(place));
      expect([key, places.filter((place) => !(place in values))]).toEqual([key, []]);
      const terms = Object.values(values).flatMap((value) => (isTerms(value) ? value.terms : []));
      expect(terms.filter((term) => typeof textAt(texts, term) !== 'string')).toEqual([]);
    }
  });

  it('says what was accepted in the words of the reader, and in those of the event when it knows no better', () => {
    const lossesOf = (payload: object): unknown =>
      sentenceOf(recorded('LogLossAccepted', { losses: ['Said in English.'], by: 'root', ...payload }), telling).values[
        'losses'
      ];
    for (const finding of findings)
      expect(lossesOf({ findings: [finding] })).toMatchObject({
        sentences: [{ key: expect.stringContaining(`events.logFindings.${finding.kind}`) }],
      });
    expect(lossesOf({})).toBe('Said in English.');
    expect(lossesOf({ findings: [...findings, { kind: 'ofANewerVersion' }] })).toBe('Said in English.');
  });

  it('gives every type of the domain a kind to filter by', () => {
    expect([...eventRegistry.keys()].filter((type) => kindOf(type) === 'other')).toEqual([]);
  });

  it('names an event of a newer version by its type', () => {
    expect(sentenceOf(recorded('SomethingNewer', {}), telling)).toEqual({
      key: 'events.unknown',
      values: { type: 'SomethingNewer' },
    });
  });

  it('says of an event that cannot be read nothing but its type', () => {
    expect(sentenceOf({ ...recorded('ChatMessageSent', {}), unreadable: true }, telling)).toEqual({
      key: 'events.unreadable',
      values: { type: 'ChatMessageSent' },
    });
  });

  it('quotes a line of chat, but not one that was taken back later', () => {
    const book = People.of([
      recorded('ChatMessageSent', { messageId: 'm', authorId: 'p', to: 'all', text: { erased: true } }),
      recorded('ChatMessageTakenBack', { messageId: 'm', authorId: 'p', to: 'all' }, 1),
    ]);
    const line = recorded('ChatMessageSent', { messageId: 'm', authorId: 'p', to: 'all', text: { erased: true } });
    expect(sentenceOf(line, { people: book, stream: '' }).key).toBe('events.ChatMessageSent.takenBackLater');
  });
});

describe('the people of a history', () => {
  const joined = recorded('ParticipantJoined', { participantId: 'p', personId: 'c', name: 'Ana' });

  it('are known by participant id and by their own id', () => {
    const book = People.of([joined]);
    expect(book.named('p')).toEqual({ personal: 'Ana' });
    expect(book.named('c')).toEqual({ personal: 'Ana' });
  });

  it('are erased when the API says so', () => {
    const book = People.of([joined], [{ id: 'p', name: { text: null, lost: 'erased' } }]);
    expect(book.named('p')).toEqual({ personal: { erased: true } });
  });

  it('are not erased when their name cannot be read', () => {
    const lost = { unreadable: true } as const;
    expect(People.of([recorded('ParticipantJoined', { participantId: 'p', name: lost })]).named('p')).toEqual({
      personal: lost,
    });
    const book = People.of([], [{ id: 'p', name: { text: null, lost: 'unreadable' } }]);
    expect(book.named('p')).toEqual({ personal: lost });
  });

  it('are somebody when nobody knows them, and Deskside when the system acts', () => {
    const book = People.of([]);
    expect(book.named('p')).toEqual({ terms: ['history.actor.somebody'] });
    expect(book.acting({ kind: 'system', id: 'node' })).toEqual({ terms: ['history.actor.system'] });
    expect(book.acting({ kind: 'customer', id: 'x' })).toEqual({ terms: ['history.actor.customer'] });
  });
});
