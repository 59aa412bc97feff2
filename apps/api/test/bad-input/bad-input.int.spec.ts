import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { post, send } from '../support/answer';
import type { Answer } from '../support/answer';
import { ApiUnderTest } from '../support/api-under-test';
import { customerOperations, operation, staffOperations } from '../support/operations';
import { newId } from '../support/people';
import type { Customer, FeedEvent, Staff } from '../support/people';

let api: ApiUnderTest;
let administrator: Staff;
let auditor: Staff;
let csr: Staff;
let sessionId: string;
let ana: Customer;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  administrator = await api.firstAdministrator();
  auditor = await api.colleague(administrator, ['auditor']);
  csr = await api.colleague(administrator, ['representative']);
  const session = await csr.startSession();
  ({ sessionId } = session);
  ana = await api.customer().join(session.number, 'Ana');
  await api.upToDate();
});
afterAll(() => api.close());
afterEach(() => void jest.restoreAllMocks());

const staffJson = (): Record<string, string> => ({ ...csr.headers, 'content-type': 'application/json' });
const shown = async (): Promise<readonly FeedEvent[]> => {
  const socket = await csr.socket();
  const { events } = await csr.sessionFeed(socket, sessionId).value();
  await socket.close();
  return events;
};

describe('a line of chat', () => {
  const say = (person: Staff | Customer, text: string, to = 'all'): Promise<Answer> =>
    person.ask('sendChatMessage', { commandId: newId(), sessionId, to, text });
  const refusals: [string, string, string][] = [
    ['of 100 kB', 'x'.repeat(100_000), 'CHAT_TOO_LONG'],
    ['of 4001 emoji', '\u{1F600}'.repeat(4001), 'CHAT_TOO_LONG'],
    ['of only spaces', ' \t\n \u00a0\u3000 ', 'CHAT_EMPTY'],
    ['of only marks that cannot be seen', '\u200b\u200d\u2060\ufeff\u202e\u202c', 'CHAT_EMPTY'],
    ['of nothing', '', 'CHAT_EMPTY'],
    ['of a NUL', '\0', 'CHAT_EMPTY'],
  ];

  it.each(refusals)('%s is refused to both sides with a code and its figures', async (_, text, code) => {
    const before = (await shown()).length;
    for (const person of [csr, ana]) {
      const answer = await say(person, text);
      expect(answer).toMatchObject({ status: 200, code });
      if (code === 'CHAT_TOO_LONG') expect(answer.errors[0]?.extensions?.details).toMatchObject({ limit: 4000 });
    }
    expect(await shown()).toHaveLength(before);
  });

  it.each([
    ['HTML', '<img src=x onerror="alert(1)"><script>alert(2)</script>&lt;b&gt;'],
    ['with right-to-left marks', '\u202Eenola saw I\u202C \u0633\u0644\u0627\u0645 \u2067x\u2069'],
    ['in every script', 'Здраво 您好 สวัสดี नमस्ते \u{1F469}\u200d\u{1F469}\u200d\u{1F467} e\u0301'],
    ['that looks like JSON', '{"erased":true}'],
    ['that looks like SQL', "'); DROP TABLE event; --"],
    ['of 4000 emoji', '\u{1F600}'.repeat(4000)],
    ['with a half emoji', 'half \ud83d'],
  ])('%s is kept as text, letter for letter', async (_, text) => {
    expect((await say(ana, text)).code).toBe('ok');
    expect((await shown()).at(-1)?.payload['text']).toBe(text.toWellFormed());
  });

  it.each(['nobody', '', '__proto__', 'constructor', 'ALL', '11111111-1111-4111-8111-111111111111'])(
    'to %j reaches nobody and is refused',
    async (to) => {
      expect((await say(csr, 'Hello', to)).code).toBe('CHAT_RECIPIENT_UNKNOWN');
      expect((await say(ana, 'Hello', to)).code).toBe('CHAT_RECIPIENT_UNKNOWN');
    },
  );
});

describe('a request', () => {
  it('of 600 kB is too large, over HTTP and as a message', async () => {
    const text = 'x'.repeat(600_000);
    for (const person of [csr, ana]) {
      const answer = await person.ask('sendChatMessage', { commandId: newId(), sessionId, to: 'all', text });
      expect(answer.status).toBe(413);
      expect(answer.text).not.toMatch(/node_modules|\bat /);
      const socket = await person.socket();
      socket.sendRaw(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: text } }));
      expect((await socket.closed).code).toBe(1009);
    }
  });

  it.each([
    ['no JSON', '{"query":'],
    ['nothing', ''],
    ['a list', '[]'],
    ['a batch', '[{"query":"{ me { id } }"},{"query":"{ me { id } }"}]'],
    ['a number', '7'],
    ['no query', '{}'],
    ['a query that is no text', '{"query":{"a":1}}'],
    ['variables that are no object', '{"query":"{ me { id } }","variables":"x"}'],
    ['a query of nothing', '{"query":""}'],
    ['an unknown operation name', '{"query":"query A { me { id } }","operationName":"B"}'],
  ])('with %s is refused in one sentence, without a stack', async (_, body) => {
    const { status, text } = await send(csr.url, { body, headers: staffJson() });
    expect(status).toBe(400);
    expect(text).not.toMatch(/node_modules|\bat \/|stacktrace/);
  });

  it('for a query that was never sent is told that there is none', async () => {
    const body = '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"00"}}}';
    expect((await send(csr.url, { body, headers: staffJson() })).code).toBe('PERSISTED_QUERY_NOT_SUPPORTED');
    expect((await send(ana.url, { body, headers: { ...ana.headers, 'content-type': 'application/json' } })).code).toBe(
      'OPERATION_UNKNOWN',
    );
  });

  it.each(['sessionHistory', 'findSessions'])(
    'with variables of another type says so, and %s is not run',
    async (name) => {
      const wrong = { sessionId: { a: 1 }, number: 7, name: ['x'], from: {}, to: true };
      expect((await auditor.ask(name, wrong)).code).toBe('BAD_USER_INPUT');
      const socket = await auditor.socket();
      expect(await socket.codeFor(operation(staffOperations, name).text, wrong)).toBe('BAD_USER_INPUT');
      await socket.close();
    },
  );

  const nested = (depth: number): string => (depth === 0 ? 'a' : `a { ${nested(depth - 1)} }`);
  it.each([
    ['deeper than any screen asks', `{ ${nested(7)} }`],
    ['that expands a fragment into itself', 'query { ...A } fragment A on Query { me { id } ...A }'],
    ['of many aliases', `{ ${Array.from({ length: 6 }, (_, n) => `a${n}: me { id }`).join(' ')} }`],
    ['of many aliased mutations', `mutation { ${Array.from({ length: 6 }, (_, n) => `a${n}: signOut`).join(' ')} }`],
    ['of many tokens', `{ ${'me { id } '.repeat(400)} }`],
    ['of a thousand directives', `{ me ${'@include(if: true) '.repeat(300)} { id } }`],
    ['dearer than any screen', `{ ${'siteHistory { events { actor { kind id } } } '.repeat(105)} }`],
    ['of unknown fields', '{ accounts { accounts { passwordHash } } }'],
  ])('%s is refused before it is run, over HTTP and as a live connection', async (_, query) => {
    const before = await api.node.store.head();
    const overHttp = await post(csr.url, { query, headers: csr.headers });
    expect(overHttp).toMatchObject({ status: 400, value: null });
    const socket = await csr.socket();
    expect(await socket.codeFor(query, {})).not.toBe('ok');
    await socket.close();
    expect(await api.node.store.head()).toBe(before);
  });

  it('that is no graphql-ws message closes its connection', async () => {
    for (const text of ['garbage', '{}', '{"type":"subscribe"}', '{"type":"connection_init"}', '\u0000']) {
      const socket = await ana.socket();
      socket.sendRaw(text);
      expect((await socket.closed).code).toBeGreaterThanOrEqual(4400);
    }
  });
});

describe('the customer endpoint', () => {
  const known = operation(customerOperations, 'site').text;
  it.each([
    ['introspection', '{ __schema { types { name } } }'],
    ['a type\u2019s name', '{ __typename }'],
    ['a valid operation of one\u2019s own', '{ site { name } }'],
    ['a known one with a space more', `${known} `],
    ['a known one with another beside it', `${known} query B { site { name } }`],
    ['an operation of staff', '{ accounts { accounts { id } } }'],
    ['a wrong field, to be told of a right one', '{ sit { name } }'],
    ['nothing that can be read', '{{{'],
  ])('does not take %s, and says nothing of what there is', async (_, query) => {
    const answer = await post(ana.url, { query, headers: ana.headers });
    expect(answer).toMatchObject({ status: 400, code: 'OPERATION_UNKNOWN' });
    expect(answer.errors).toHaveLength(1);
    const socket = await ana.socket();
    expect(await socket.codeFor(query, {})).toBe('OPERATION_UNKNOWN');
    await socket.close();
  });

  it('takes its own pages\u2019 operations by GET only from its own pages', async () => {
    const address = `${ana.url}?query=${encodeURIComponent(known)}`;
    expect((await fetch(address)).status).toBe(400);
    expect((await fetch(address, { headers: { 'apollo-require-preflight': '1' } })).status).toBe(200);
  });
});

describe('what is typed into fields', () => {
  const nobodys = 'a0000000-0000-4000-8000-00000000000a';
  const invite = async (more: object): Promise<string> =>
    (
      await administrator.ask('inviteAccount', {
        ...{ commandId: newId(), name: 'Nova', email: `${newId()}@example.org`, roles: ['auditor'] },
        ...more,
      })
    ).code;
  const findings = async (variables: object): Promise<string> =>
    (await auditor.ask('findSessions', { ...variables })).code;
  const at = '2026-11-20T09:00:00.000Z';

  it('of an invitation is looked at', async () => {
    expect(await invite({ name: '\u202e \u200b' })).toBe('NAME_EMPTY');
    expect(await invite({ name: 'x'.repeat(101) })).toBe('NAME_TOO_LONG');
    for (const email of [
      '',
      'ana',
      'ana@',
      '@example.org',
      'a b@example.org',
      'ana@example.org\nbcc: x',
      `${'x'.repeat(250)}@example.org`,
    ])
      expect(await invite({ email })).toBe('EMAIL_INVALID');
    expect(await invite({ roles: [] })).toBe('ROLES_EMPTY');
    expect(await invite({ roles: ['root'] })).toBe('BAD_USER_INPUT');
    expect(await invite({ roles: ['auditor', 'auditor'] })).toBe('ok');
  });

  it('to look for sessions is one of three', async () => {
    for (const variables of [
      {},
      { number: '482913057', name: 'Ana' },
      { name: 'Ana', from: at, to: at },
      { from: at },
      { to: at },
    ])
      expect(await findings(variables)).toBe('INPUT_INVALID');
    for (const from of ['yesterday', '2026-11-20', "' OR 1=1", '2026-11-20T09:00:00Z'])
      expect(await findings({ from, to: at })).toBe('BAD_USER_INPUT');
    expect(await findings({ number: 'x' })).toBe('SESSION_NUMBER_UNKNOWN');
    expect(await findings({ name: '  ' })).toBe('SEARCH_TOO_SHORT');
    for (const name of ['"', '* OR *', 'NEAR(a b)', 'a'.repeat(10_000), '\0', '%', "' UNION SELECT"])
      expect(await findings({ name })).toBe('ok');
    expect(await findings({ from: at, to: at })).toBe('ok');
  });

  it('as a place in the log is one of this log, or none', async () => {
    for (const place of ['garbage', '-1', '1e9', '']) {
      expect((await administrator.ask('accounts', { atLeast: place })).code).toBe('BAD_USER_INPUT');
      expect((await auditor.ask('siteHistory', { before: place })).code).toBe('BAD_USER_INPUT');
    }
    // As a KurrentDB log has them, which this is not.
    expect((await administrator.ask('accounts', { atLeast: '7/7' })).code).toBe('INPUT_INVALID');
    expect((await auditor.ask('siteHistory', { before: '7/7' })).code).toBe('INPUT_INVALID');
    expect((await auditor.ask('siteHistory', { types: ['garbage', ''] })).code).toBe('ok');
  });

  it('that has not happened yet is NOT_YET after the patience of two seconds', async () => {
    const begun = performance.now();
    expect((await administrator.ask('accounts', { atLeast: '999999' })).code).toBe('NOT_YET');
    expect(performance.now() - begun).toBeGreaterThan(1990);
  });

  it('of the site and of oneself is looked at', async () => {
    const change = async (more: object): Promise<string> =>
      (await administrator.ask('changeSiteSettings', { commandId: newId(), ...more })).code;
    expect(await change({ name: '   ' })).toBe('SITE_NAME_EMPTY');
    expect(await change({ name: 'x'.repeat(81) })).toBe('SITE_NAME_TOO_LONG');
    expect(await change({ privacyNotice: 'x'.repeat(4001) })).toBe('NOTICE_TOO_LONG');
    expect(await change({ defaultLocale: 'tlh' })).toBe('INPUT_INVALID');
    expect(await change({})).toBe('ok');
    const locale = async (wanted: string): Promise<string> =>
      (await csr.ask('changeOwnLocale', { commandId: newId(), locale: wanted })).code;
    expect(await locale('Ana Ivi\u0107, 4556')).toBe('INPUT_INVALID');
    expect(await locale('zh-Hant-TW')).toBe('ok');
  });

  it('of a session is looked at', async () => {
    const start = async (more: object): Promise<string> =>
      (await csr.ask('startOutboundSession', { commandId: newId(), ...more })).code;
    expect(await start({ subject: 'x'.repeat(201) })).toBe('SUBJECT_TOO_LONG');
    expect(await start({ ticket: 'x'.repeat(61) })).toBe('TICKET_TOO_LONG');
    expect(await start({ subject: ' ', ticket: '' })).toBe('ok');
  });

  it.each(['', 'garbage', '../site', '%00', `${nobodys}'`, nobodys.toUpperCase(), nobodys])(
    'as the id %j of something finds nothing, and breaks nothing',
    async (id) => {
      expect((await auditor.ask('sessionHistory', { sessionId: id })).code).toBe('SESSION_NOT_FOUND');
      expect((await csr.ask('endSession', { commandId: newId(), sessionId: id })).code).toBe('SESSION_NOT_FOUND');
      expect((await administrator.ask('erasurePreview', { customerId: id })).code).toBe('CUSTOMER_NOT_FOUND');
      const erase = { commandId: newId(), customerId: id };
      expect((await administrator.ask('erasePersonalData', erase)).code).toBe('CUSTOMER_NOT_FOUND');
      const disable = { commandId: newId(), accountId: id };
      expect((await administrator.ask('disableAccount', disable)).code).toBe('ACCOUNT_NOT_FOUND');
      const back = { commandId: newId(), messageId: id };
      expect((await ana.ask('takeBackChatMessage', back)).code).toBe('MESSAGE_NOT_FOUND');
      const remove = { commandId: newId(), sessionId, participantId: id };
      expect((await csr.ask('removeParticipant', remove)).code).toBe('PARTICIPANT_NOT_FOUND');
      expect((await csr.ask('admitToSession', { ...remove, commandId: newId() })).code).toBe(
        'JOIN_REQUEST_NOT_WAITING',
      );
      const projection = { commandId: newId(), name: id };
      expect((await administrator.ask('rebuildProjection', projection)).code).toBe('PROJECTION_UNKNOWN');
    },
  );
});

it('an erasure is refused as long as a session of the person is open', async () => {
  const participants = Object.values((await api.node.sessions.find(sessionId))?.participants ?? {});
  const customerId = participants.find(({ id }) => id === ana.participantId)?.personId;
  expect((await administrator.ask('erasePersonalData', { commandId: newId(), customerId })).code).toBe(
    'SESSION_STILL_OPEN',
  );
  expect(await administrator.do('erasurePreview', { customerId })).toMatchObject({ openSessions: 1 });
});

describe('a command on an ended session', () => {
  it('is SESSION_ENDED for everybody, and changes nothing', async () => {
    const session = await csr.startSession();
    const about = { sessionId: session.sessionId };
    const bojan = await api.customer().join(session.number, 'Bojan');
    const waiting = await api.customer().join(session.number, 'Vera');
    const messageId = await csr.say(session.sessionId, 'Hello');
    const his = await bojan.say('Hello');
    await csr.do('endSession', { commandId: newId(), ...about });
    const events = (await api.node.store.readStream(`supportSession-${session.sessionId}` as never)).length;
    const line = { to: 'all', text: 'Late' };
    const answers = [
      await csr.ask('endSession', { commandId: newId(), ...about }),
      await csr.ask('sendChatMessage', { commandId: newId(), ...about, ...line }),
      await csr.ask('takeBackChatMessage', { commandId: newId(), ...about, messageId }),
      await csr.ask('admitToSession', { commandId: newId(), ...about, participantId: waiting.participantId }),
      await csr.ask('refuseAdmission', { commandId: newId(), ...about, participantId: waiting.participantId }),
      await csr.ask('removeParticipant', { commandId: newId(), ...about, participantId: bojan.participantId }),
      await bojan.ask('sendChatMessage', { commandId: newId(), ...line }),
      await bojan.ask('takeBackChatMessage', { commandId: newId(), messageId: his }),
      await bojan.ask('leaveSession', { commandId: newId() }),
      await waiting.ask('withdrawJoinRequest', { commandId: newId() }),
    ];
    expect(answers.map(({ code }) => code)).toEqual(answers.map(() => 'SESSION_ENDED'));
    expect(await api.node.store.readStream(`supportSession-${session.sessionId}` as never)).toHaveLength(events);
  });
});

describe('what goes wrong inside', () => {
  it('is told in one sentence without its cause, over HTTP and as a live connection, and written down', async () => {
    const lines: unknown[] = [];
    jest.spyOn(api.node.log, 'error').mockImplementation((...args) => void lines.push(args));
    jest.spyOn(api.node.store, 'readStream').mockRejectedValue(new Error('SQLITE_IOERR in /var/lib/secret.db'));
    const { text } = operation(staffOperations, 'sessionHistory');
    const answer = await auditor.ask('sessionHistory', { sessionId });
    expect(answer.code).toBe('INTERNAL');
    const socket = await auditor.socket();
    expect(await socket.codeFor(text, { sessionId })).toBe('INTERNAL');
    const feed = await csr.socket();
    expect(await feed.codeFor(operation(staffOperations, 'sessionFeed').text, { sessionId })).toBe('INTERNAL');
    for (const bytes of [answer.text, socket.received, feed.received]) {
      expect(bytes).toContain('Nothing was lost');
      expect(bytes).not.toMatch(/SQLITE|secret\.db|node_modules/);
    }
    expect(lines).toHaveLength(3);
    await Promise.all([socket.close(), feed.close()]);
  });
});
