import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { VaultFull } from '@deskside/vault';
import { ApiUnderTest, knownPassword, newFolder } from '../support/api-under-test';
import { customerOperations, operation, staffOperations } from '../support/operations';
import { newId } from '../support/people';
import type { Customer, FeedEvent, Staff } from '../support/people';
import { Scenery, staffVariables } from '../support/scene';

interface History {
  readonly events: readonly (FeedEvent & { readonly unreadable: boolean })[];
  readonly chain: { readonly status: string; readonly brokenAtRevision: number | null };
}

const mutations = Object.keys(staffVariables).filter((row) => {
  const { kind, text } = operation(staffOperations, row.split(' ')[0] ?? '');
  return kind === 'mutation' && text.includes('$commandId');
});

/** Which byte of the line's body is changed, counted from the end of this part of it, and what is still shown of the event. */
const damages = [
  [
    'in a text',
    '"ciphertext":"',
    0,
    { unreadable: false, payload: expect.objectContaining({ text: { unreadable: true } }) },
  ],
  ['so that it is no JSON', '"ciphertext":', 0, { unreadable: true, payload: {} }],
  ['in the name of a part', '"messageId":"', -4, { unreadable: true, payload: {} }],
] as const;

describe('a log damaged', () => {
  const whole = newFolder();
  let administrator: Staff & { email: string };
  let auditor: Staff & { email: string };
  let supervisor: Staff;
  let ana: Customer;
  let sessionId = '';
  beforeAll(async () => {
    const api = await ApiUnderTest.start({ dataDir: whole });
    const first = await api.firstAdministrator();
    administrator = await api.colleague(first, ['administrator', 'auditor']);
    auditor = await api.colleague(first, ['auditor']);
    supervisor = await api.colleague(first, ['supervisor', 'representative']);
    const session = await administrator.startSession();
    ({ sessionId } = session);
    ana = await api.customer().join(session.number, 'Ana');
    await administrator.say(sessionId, 'one');
    await administrator.say(sessionId, 'two');
    await api.stop();
  });
  afterAll(() => rmSync(whole, { recursive: true }));

  describe.each(damages)('%s, of an event', (_, marker, offset, shown) => {
    const dataDir = newFolder();
    const logFile = join(dataDir, 'log.db');
    let api: ApiUnderTest;
    let damaged: Buffer;

    beforeAll(async () => {
      cpSync(whole, dataDir, { recursive: true });
      flipOneByte();
      damaged = readFileSync(logFile);
      api = await ApiUnderTest.start({ dataDir });
      for (const person of [administrator, auditor, supervisor, ana]) person.origin = api.url;
      while (api.node.store.integrity().status !== 'damaged') await nextTurn();
    });
    afterAll(async () => {
      await api.close();
      rmSync(dataDir, { recursive: true });
    });

    /** In the body of the line "one", revision 3 of its stream. */
    function flipOneByte(): void {
      const bytes = readFileSync(logFile);
      // Pages are filled from their end: the earlier line stands behind the later one.
      const body = bytes.lastIndexOf('"type":"ChatMessageSent"');
      const at = bytes.indexOf(marker, body) + marker.length + offset;
      if (body < 0 || at < body) throw new Error('The line is not in the log.');
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
      writeFileSync(logFile, bytes);
    }

    it('is named by stream and revision, to the people and to whoever watches the server', async () => {
      const { log } = await administrator.do<{ log: object }>('site');
      expect(log).toEqual({
        status: 'damaged',
        stream: `supportSession-${sessionId}`,
        revision: '3',
        what: 'changed',
        session: { id: sessionId, number: (await api.node.sessions.find(sessionId))?.number, listing: 'listed' },
        reason: expect.stringContaining('Its hash does not fit its bytes and the event before it.'),
      });
      expect(await auditor.do('site')).toMatchObject({ log });
      const nothing = { stream: null, revision: null, what: null, session: null, reason: null };
      for (const other of [supervisor, api.staff()])
        expect(await other.do('site')).toMatchObject({ log: { status: 'damaged', ...nothing } });
      const ready = await fetch(`${api.url}/health/ready`);
      expect(ready.status).toBe(503);
      expect(await ready.json()).toMatchObject({ status: 'notReady', log: 'damaged' });
      expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
      expect(await (await fetch(`${api.url}/metrics`)).text()).toContain('deskside_log_damaged 1');
    });

    it.each(mutations)('takes no %s', async (row) => {
      const none = async (): Promise<string> => newId();
      const made = { invited: none, asked: none, shared: none, talking: none, reported: none };
      const nothingToMake = {
        me: administrator,
        victim: async () => auditor,
        freshLink: async () => 'none',
        session: async () => ({ sessionId, messageId: newId(), customer: ana, waiting: ana, ...made }),
        endedCustomerId: async () => newId(),
      };
      const variables = (await staffVariables[row]?.(nothingToMake)) ?? {};
      // Whether there is somebody to erase is looked up first.
      const code = row === 'erasePersonalData' ? 'CUSTOMER_NOT_FOUND' : 'LOG_READ_ONLY';
      expect((await administrator.ask(row.split(' ')[0] ?? '', variables)).code).toBe(code);
    });

    it('says to every page that nothing can be written', async () => {
      expect((await api.staff().ask('writeRefusal')).value).toBe('LOG_READ_ONLY');
      expect((await api.customer().ask('writeRefusal')).value).toBe('LOG_READ_ONLY');
    });

    it('takes no line and no newcomer either, and lets the customer read what there is', async () => {
      expect((await ana.ask('sendChatMessage', { commandId: newId(), to: 'all', text: 'x' })).code).toBe(
        'LOG_READ_ONLY',
      );
      const { number } = (await api.node.sessions.find(sessionId)) ?? {};
      const newcomer = await api.customer().ask('joinByNumber', { commandId: newId(), number, name: 'Bojan' });
      expect(newcomer.code).toBe('LOG_READ_ONLY');
      const socket = await ana.socket();
      expect(await socket.codeFor(operation(customerOperations, 'site').text, {})).toBe('ok');
      await socket.close();
    });

    it('can be signed in to, and read: the history shows where its chain breaks', async () => {
      const person = await api.staff().signIn(auditor.email, knownPassword);
      expect((await person.ask('siteHistory')).code).toBe('ok');
      expect((await person.ask('findSessions', { name: 'Ana' })).code).toBe('ok');
      const { code, value } = await person.ask('sessionHistory', { sessionId });
      expect(code).toBe('ok');
      const { events, chain } = value as History;
      expect(chain).toEqual({ status: 'broken', events: 5, brokenAtRevision: 3, lossAcceptedAt: null });
      expect(events.map(({ type }) => type).slice(3)).toEqual(['ChatMessageSent', 'ChatMessageSent']);
      const [, , , line] = events;
      expect({ unreadable: line?.unreadable, payload: line?.payload }).toEqual(shown);
      expect(events[4]?.payload['text']).toBe('two');
    });

    it('is not changed by all this, nor by the end of the server', async () => {
      expect(readFileSync(logFile).equals(damaged)).toBe(true);
      await api.stop();
      expect(readFileSync(logFile).equals(damaged)).toBe(true);
    });
  });
});

describe('a full disk', () => {
  let api: ApiUnderTest;
  let administrator: Staff;
  let scenery: Scenery;
  beforeAll(async () => {
    api = await ApiUnderTest.start();
    administrator = await api.colleague(await api.firstAdministrator(), ['administrator', 'auditor']);
    scenery = new Scenery(api, administrator);
    await api.upToDate();
  });
  afterEach(() => void jest.restoreAllMocks());
  afterAll(() => api.close());

  const full = { ok: false, code: 'LOG_DISK_FULL', reason: 'The disk of the event log is full.' } as const;
  const fillLog = (): void => void jest.spyOn(api.node.store, 'append').mockResolvedValue(full);

  it.each(mutations)(
    'refuses %s with LOG_DISK_FULL, writes nothing, and takes it again when there is room',
    async (row) => {
      const name = row.split(' ')[0] ?? '';
      const variables = (await staffVariables[row]?.(scenery.for(administrator))) ?? {};
      const before = await api.node.store.head();
      fillLog();
      const refused = await administrator.ask(name, variables);
      // To enable an account that is enabled is no change.
      expect(refused.code).toBe(row === 'enableAccount' ? 'ok' : 'LOG_DISK_FULL');
      expect(refused.text).not.toMatch(/node_modules|SQLITE/);
      jest.restoreAllMocks();
      const own = (await api.events()).filter(
        ({ actor, position }) =>
          actor.kind !== 'system' && before !== null && api.node.store.comparePositions(position, before) > 0,
      );
      expect(own).toEqual([]);
      expect((await administrator.ask(name, variables)).code).toBe('ok');
      if (row === 'signOutEverywhere of oneself')
        administrator.cookie = (await api.staff().signIn(await emailOf(administrator), knownPassword)).cookie;
    },
  );

  async function emailOf({ accountId }: Staff): Promise<string> {
    const subject = `representative-${accountId}`;
    return api.node.readModels.people.emailOf([subject]).get(subject) ?? '';
  }

  it('of the vault is LOG_DISK_FULL too: for new keys, over HTTP and as a live connection', async () => {
    jest.spyOn(api.node.vault, 'prepare').mockRejectedValue(new VaultFull());
    const variables = { commandId: newId() };
    expect((await administrator.ask('startOutboundSession', variables)).code).toBe('LOG_DISK_FULL');
    const socket = await administrator.socket();
    expect(await socket.codeFor(operation(staffOperations, 'startOutboundSession').text, variables)).toBe(
      'LOG_DISK_FULL',
    );
    jest.restoreAllMocks();
    jest.spyOn(api.node.vault, 'put').mockRejectedValue(new VaultFull());
    expect(
      (await administrator.ask('issueAccountLink', { commandId: newId(), accountId: administrator.accountId })).code,
    ).toBe('LOG_DISK_FULL');
    jest.restoreAllMocks();
    expect((await administrator.ask('startOutboundSession', variables)).code).toBe('ok');
    await socket.close();
  });

  it('refuses a customer\u2019s line and a newcomer, and loses neither', async () => {
    const { number } = await administrator.startSession();
    const line = { commandId: newId(), to: 'all', text: 'Do not lose me' };
    const joining = { commandId: newId(), number, name: 'Ana' };
    fillLog();
    expect((await api.customer().ask('joinByNumber', joining)).code).toBe('LOG_DISK_FULL');
    jest.restoreAllMocks();
    const ana = await api.customer().join(number, 'Ana', joining.commandId);
    fillLog();
    expect((await ana.ask('sendChatMessage', line)).code).toBe('LOG_DISK_FULL');
    jest.restoreAllMocks();
    expect((await ana.ask('sendChatMessage', line)).code).toBe('ok');
  });

  it('uses up no link: the same one sets the password when there is room', async () => {
    const secret = await scenery.freshLink();
    fillLog();
    expect((await api.staff().ask('setPassword', { secret, password: knownPassword })).code).toBe('LOG_DISK_FULL');
    jest.restoreAllMocks();
    expect((await api.staff().ask('setPassword', { secret, password: knownPassword })).code).toBe('ok');
  });

  it.each([
    ['LOG_DISK_FULL', 'LOG_DISK_FULL'],
    ['LOG_UNAVAILABLE', 'LOG_UNAVAILABLE'],
    ['LOG_CREDENTIALS_REFUSED', 'LOG_UNAVAILABLE'],
  ] as const)('is said to every page as long as it lasts: %s', async (code, said) => {
    const trouble = jest.spyOn(api.node.store, 'trouble').mockReturnValue({ code, sentence: 'It is so.' });
    // As of a log that cannot be read either.
    const reading = jest.spyOn(api.node.site, 'settings').mockRejectedValue(new Error('not to be read'));
    for (const whoever of [administrator, api.staff(), api.customer()])
      expect((await whoever.ask('writeRefusal')).value).toBe(said);
    trouble.mockRestore();
    reading.mockRestore();
    for (const whoever of [administrator, api.staff(), api.customer()])
      expect((await whoever.ask('writeRefusal')).value).toBe(null);
  });

  it('keeps nobody from reading', async () => {
    const session = await administrator.startSession();
    await administrator.say(session.sessionId, 'Read me');
    await api.upToDate();
    fillLog();
    for (const name of ['accounts', 'me', 'site', 'projections', 'gettingStarted'])
      expect((await administrator.ask(name)).code).toBe('ok');
    const socket = await administrator.socket();
    const { events } = await administrator.sessionFeed(socket, session.sessionId).value();
    expect(events.at(-1)?.payload['text']).toBe('Read me');
    await socket.close();
  });

  it.each(['LOG_DISK_FULL', 'LOG_UNAVAILABLE', 'LOG_READ_ONLY'] as const)(
    'lets auditors look as well, and says that it is not recorded: %s',
    async (code) => {
      const { sessionId } = await administrator.startSession();
      await api.upToDate();
      const warn = jest.spyOn(api.node.log, 'warn');
      jest.spyOn(api.node.store, 'append').mockResolvedValue({ ok: false, code, reason: 'It is so.' });
      const page = await administrator.do<{ isRecorded: boolean; events: { position: string }[] }>('siteHistory', {});
      expect(page.isRecorded).toBe(false);
      expect(await administrator.do('findSessions', { name: 'Nobody' })).toMatchObject({ isRecorded: false });
      expect(await administrator.do('sessionHistory', { sessionId })).toMatchObject({ recordedAt: null });
      const looks = ['SiteHistoryRead', 'SearchMade', 'SessionReplayed'];
      const by = administrator.accountId;
      expect(warn.mock.calls).toEqual(
        looks.map((look) => ['a look could not be recorded', expect.objectContaining({ look, by, code })]),
      );
      jest.restoreAllMocks();
      expect(await administrator.do('siteHistory', {})).toMatchObject({ isRecorded: true });
      expect(await administrator.do('siteHistory', { before: page.events[0]?.position })).toMatchObject({
        isRecorded: null,
      });
    },
  );

  it('does not let an erasure go undone: it is carried out as soon as there is room', async () => {
    const customerId = await scenery.endedCustomerId();
    const destroy = jest.spyOn(api.node.vault, 'destroy').mockRejectedValueOnce(new VaultFull());
    await administrator.do('erasePersonalData', { commandId: newId(), customerId });
    expect(destroy.mock.calls.length).toBeGreaterThan(1);
    expect(await api.node.vault.holds({ subject: `customer-${customerId}`, class: 'identity' })).toBe(false);
  });
});
