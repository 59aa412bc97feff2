import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventRegistry, UnsealedText } from '@deskside/domain';
import type { SupportSessionCommand } from '@deskside/domain';
import { auditLog } from '@deskside/event-store';
import { recordStatement } from '../../src/integrity/operator-statement';
import { ApiUnderTest, GivenClock } from '../support/api-under-test';
import { customerOperations, operation, staffOperations } from '../support/operations';
import { newId } from '../support/people';
import type { Customer, FeedBatch, FeedEvent, Staff, StartedSession } from '../support/people';
import type { Socket, Subscription } from '../support/socket';

/** Who watches the played session, each over a connection and a feed of his own. */
const viewers = [
  'representative',
  'primary customer',
  'secondary customer',
  'waiting person',
  'turned away',
  'withdrawn',
  'removed customer',
  'customer of another session',
  'representative of another session',
] as const;
type Viewer = (typeof viewers)[number];

/** Those of another session have none: they get nothing of this one, ever. */
const letters: Record<string, Viewer> = {
  R: 'representative',
  P: 'primary customer',
  S: 'secondary customer',
  W: 'waiting person',
  T: 'turned away',
  B: 'withdrawn',
  X: 'removed customer',
};

interface Act {
  /** Name of the event, unique in the play. */
  readonly name: string;
  readonly type: string;
  readonly seenBy: string;
}

/** The events of the session in the order of the play, and who gets each by his feed; written by hand. */
const play: readonly Act[] = [
  { name: 'start', type: 'SessionStarted', seenBy: 'R' },
  { name: 'representative joins', type: 'ParticipantJoined', seenBy: 'RPSX' },
  { name: 'invited by mail', type: 'CustomerInvited', seenBy: 'R' },
  { name: 'mail refused', type: 'InvitationFailed', seenBy: 'R' },
  { name: 'mail to go out again', type: 'InvitationResent', seenBy: 'R' },
  { name: 'mail accepted', type: 'InvitationSent', seenBy: 'R' },
  { name: 'invitation withdrawn', type: 'InvitationWithdrawn', seenBy: 'R' },
  { name: 'invited by message', type: 'CustomerInvited', seenBy: 'R' },
  { name: 'customer joins', type: 'ParticipantJoined', seenBy: 'RPSX' },
  { name: 'line before the others came', type: 'ChatMessageSent', seenBy: 'RP' },
  { name: 'second asks', type: 'JoinRequested', seenBy: 'RS' },
  { name: 'second is admitted', type: 'JoinAdmitted', seenBy: 'RS' },
  { name: 'second joins', type: 'ParticipantJoined', seenBy: 'RPSX' },
  { name: 'third asks', type: 'JoinRequested', seenBy: 'RX' },
  { name: 'third is admitted', type: 'JoinAdmitted', seenBy: 'RX' },
  { name: 'third joins', type: 'ParticipantJoined', seenBy: 'RPSX' },
  { name: 'one who will wait asks', type: 'JoinRequested', seenBy: 'RW' },
  { name: 'his link is used up', type: 'InvitationUsed', seenBy: 'R' },
  { name: 'one who will be refused asks', type: 'JoinRequested', seenBy: 'RT' },
  { name: 'refused', type: 'JoinRefused', seenBy: 'RT' },
  { name: 'one who will withdraw asks', type: 'JoinRequested', seenBy: 'RB' },
  { name: 'withdrawn', type: 'JoinWithdrawn', seenBy: 'RB' },
  { name: 'reported', type: 'SessionReported', seenBy: 'R' },
  { name: 'report looked at', type: 'SessionReportReviewed', seenBy: '' },
  { name: 'line to all', type: 'ChatMessageSent', seenBy: 'RPSX' },
  { name: 'line to the primary customer alone', type: 'ChatMessageSent', seenBy: 'RP' },
  { name: 'line to the representative alone', type: 'ChatMessageSent', seenBy: 'RS' },
  { name: 'line between the customers alone', type: 'ChatMessageSent', seenBy: 'PS' },
  { name: 'line to all is taken back', type: 'ChatMessageTakenBack', seenBy: 'RPSX' },
  { name: 'line to one alone is taken back', type: 'ChatMessageTakenBack', seenBy: 'RP' },
  { name: 'line from before the others came is taken back', type: 'ChatMessageTakenBack', seenBy: 'RPSX' },
  { name: 'device described', type: 'DeviceDescribed', seenBy: 'RP' },
  { name: 'asked', type: 'PermissionRequested', seenBy: 'RPSX' },
  { name: 'shown', type: 'PermissionRequestShown', seenBy: 'RPSX' },
  { name: 'more time', type: 'PermissionTimeExtended', seenBy: 'RPSX' },
  { name: 'approved', type: 'PermissionApproved', seenBy: 'RPSX' },
  { name: 'nothing chosen', type: 'PermissionNothingChosen', seenBy: 'RPSX' },
  { name: 'approved again', type: 'PermissionApproved', seenBy: 'RPSX' },
  { name: 'granted', type: 'PermissionGranted', seenBy: 'RPSX' },
  { name: 'viewer has seen enough', type: 'PermissionEnded', seenBy: 'RPSX' },
  { name: 'asked to be stopped', type: 'PermissionRequested', seenBy: 'RPSX' },
  { name: 'approved to be stopped', type: 'PermissionApproved', seenBy: 'RPSX' },
  { name: 'granted to be stopped', type: 'PermissionGranted', seenBy: 'RPSX' },
  { name: 'stopped', type: 'PermissionRevoked', seenBy: 'RPSX' },
  { name: 'asked to be denied', type: 'PermissionRequested', seenBy: 'RPSX' },
  { name: 'denied', type: 'PermissionDenied', seenBy: 'RPSX' },
  { name: 'asked to be withdrawn', type: 'PermissionRequested', seenBy: 'RPSX' },
  { name: 'question withdrawn', type: 'PermissionWithdrawn', seenBy: 'RPSX' },
  { name: 'asked to lapse', type: 'PermissionRequested', seenBy: 'RPSX' },
  { name: 'shown to lapse', type: 'PermissionRequestShown', seenBy: 'RPSX' },
  { name: 'lapsed', type: 'PermissionTimedOut', seenBy: 'RPSX' },
  { name: 'heard and talks', type: 'AudioJoined', seenBy: 'RPSX' },
  { name: 'muted', type: 'AudioMuted', seenBy: 'RPSX' },
  { name: 'unmuted', type: 'AudioUnmuted', seenBy: 'RPSX' },
  { name: 'talks no more', type: 'AudioLeft', seenBy: 'RPSX' },
  { name: 'note', type: 'NoteSaved', seenBy: 'R' },
  { name: 'customer disconnected', type: 'ParticipantDisconnected', seenBy: 'RPSX' },
  { name: 'customer returned', type: 'ParticipantReturned', seenBy: 'RPSX' },
  { name: 'third is removed', type: 'ParticipantRemoved', seenBy: 'RPSX' },
  { name: 'line after the removal', type: 'ChatMessageSent', seenBy: 'RPS' },
  { name: 'second leaves', type: 'ParticipantLeft', seenBy: 'RPS' },
  { name: 'line after the leaving', type: 'ChatMessageSent', seenBy: 'RP' },
  { name: 'end', type: 'SessionEnded', seenBy: 'RPW' },
];
const cells = play.flatMap((act, revision) => viewers.map((viewer) => ({ ...act, revision, viewer })));

/** What was planted, and in which act: whoever does not see the act must not get the words in any byte. */
const plants: Record<string, string> = {
  start: 'Subject-Quince',
  'invited by mail': 'salak@example.org',
  'mail refused': 'no such Salak here',
  'invited by message': 'Vesna Ugli',
  'customer joins': 'Ana Lemon',
  'line before the others came': 'early-Papaya',
  'second asks': 'Bojan Guava',
  'third asks': 'Hana Medlar',
  'one who will wait asks': 'Vera Kumquat',
  'one who will be refused asks': 'Toma Rambutan',
  'one who will withdraw asks': 'Boris Loquat',
  'line to all': 'public-Mango',
  'line to the primary customer alone': 'private-Durian',
  'line to the representative alone': 'private-Lychee',
  'line between the customers alone': 'private-Tamarind',
  note: 'noted-Salak',
  'line after the removal': 'later-Feijoa',
  'line after the leaving': 'last-Soursop',
};
/** Joining shows a name to everybody who is in. */
const shownAgain: Record<string, string> = { 'second asks': 'second joins', 'third asks': 'third joins' };

interface Watching {
  readonly socket: Socket;
  readonly feed: Subscription<FeedBatch> | null;
}

const clock = new GivenClock();
let api: ApiUnderTest;
let administrator: Staff;
let auditor: Staff;
let csr: Staff;
let session: StartedSession;
const watching = new Map<Viewer, Watching>();
const people = new Map<Viewer, Customer>();

const sessionOf = (): { sessionId: string; commandId: string } => ({
  sessionId: session.sessionId,
  commandId: newId(),
});
const system = async (command: Pick<SupportSessionCommand, 'type' | 'payload'>): Promise<unknown> =>
  api.node.sessions.handle(
    { ...sessionOf(), caller: { kind: 'system', id: api.node.bootId, correlationId: randomUUID() } },
    command,
  );

async function come(viewer: Viewer, number: string, name: string): Promise<Customer> {
  return watch(viewer, await api.customer().join(number, name));
}

async function watch(viewer: Viewer, person: Customer): Promise<Customer> {
  const socket = await person.socket();
  const feed = person.sessionFeed(socket);
  people.set(viewer, person);
  watching.set(viewer, { socket, feed });
  return person;
}

/** One invitation by mail, refused, sent again and withdrawn; the link of another one. */
async function invite(): Promise<string> {
  const { sessionId } = session;
  const invitationId = await csr.invite(sessionId, { recipient: plants['invited by mail'] ?? '' });
  const serverReply = new UnsealedText(plants['mail refused'] ?? '', {
    ...{ subject: `supportSession-${sessionId}`, class: 'content' },
  });
  const refusal = { reason: 'recipientRefused', serverReply, retryAt: null } as const;
  await system({ type: 'NoteInvitationFailed', payload: { invitationId, attempt: 1, ...refusal } });
  await csr.do('resendInvitation', { ...sessionOf(), invitationId });
  await system({ type: 'NoteInvitationSent', payload: { invitationId, attempt: 2 } });
  await csr.do('withdrawInvitation', { ...sessionOf(), invitationId });
  const message = { channel: 'instantMessage', customerName: plants['invited by message'] ?? '' };
  return csr.linkOf(sessionId, await csr.invite(sessionId, message));
}

/** Everything that is asked and given about the customer's screen and voice, and a note about it. */
async function shareAndTalk(ana: Customer): Promise<void> {
  const does = (name: string, more: object): Promise<unknown> => ana.do(name, { commandId: newId(), ...more });
  const ask = async (): Promise<{ requestId: string }> => {
    const commandId = newId();
    await csr.do('requestPermission', { ...sessionOf(), commandId, capability: 'desktop', access: 'view' });
    return { requestId: commandId };
  };
  const grant = async (asked: { requestId: string }): Promise<{ grantId: string }> => {
    const commandId = newId();
    await ana.do('grantPermission', { commandId, ...asked, surface: 'monitor' });
    return { grantId: commandId };
  };
  const device = { browser: 'Firefox', system: 'Windows', form: 'desktop', canShareScreen: true };
  await does('describeDevice', { device: { ...device, microphones: 1, cameras: 0 } });
  const first = await ask();
  for (const name of ['showRequest', 'extendRequest', 'approveRequest']) await does(name, first);
  await does('reportNothingChosen', { ...first, reason: 'nothingChosen' });
  await does('approveRequest', first);
  await csr.do('endPermission', { ...sessionOf(), ...(await grant(first)) });
  const second = await ask();
  await does('approveRequest', second);
  await does('revokePermission', await grant(second));
  await does('denyRequest', await ask());
  await csr.do('withdrawRequest', { ...sessionOf(), ...(await ask()) });
  const last = await ask();
  await does('showRequest', last);
  clock.pass({ seconds: 121 });
  await system({ type: 'TimeOutRequest', payload: last });
  await does('joinAudio', { muted: false });
  for (const muted of [true, false]) await does('setMuted', { muted });
  await does('leaveAudio', {});
  await csr.do('saveNote', { ...sessionOf(), noteId: newId(), basedOn: 0, text: plants['note'] });
}

/** One event after the other, in the order of the table. */
async function perform(): Promise<void> {
  const { number, participantId: representative, sessionId } = session;
  const line = (act: string, to?: string): Promise<string> => csr.say(sessionId, plants[act] ?? '', to);
  const answer = (name: string, { participantId }: Customer): Promise<unknown> =>
    csr.do(name, { ...sessionOf(), participantId });
  const link = await invite();
  const ana = await come('primary customer', number, 'Ana Lemon');
  const early = await line('line before the others came');
  const bojan = await come('secondary customer', number, 'Bojan Guava');
  await answer('admitToSession', bojan);
  const hana = await come('removed customer', number, 'Hana Medlar');
  await answer('admitToSession', hana);
  await watch('waiting person', await api.customer().joinByLink(link, 'Vera Kumquat'));
  await answer('refuseAdmission', await come('turned away', number, 'Toma Rambutan'));
  await (await come('withdrawn', number, 'Boris Loquat')).do('withdrawJoinRequest', { commandId: newId() });
  await api.customer().do('reportSession', { commandId: newId(), number });
  await administrator.do('reviewSessionReport', sessionOf());
  const toAll = await line('line to all');
  const toOne = await line('line to the primary customer alone', ana.participantId);
  await bojan.say(plants['line to the representative alone'] ?? '', representative);
  await ana.say(plants['line between the customers alone'] ?? '', bojan.participantId);
  for (const messageId of [toAll, toOne, early]) await csr.do('takeBackChatMessage', { ...sessionOf(), messageId });
  await shareAndTalk(ana);
  for (const type of ['NoteDisconnected', 'NoteReturned'] as const)
    await system({ type, payload: { participantId: ana.participantId } });
  await answer('removeParticipant', hana);
  await line('line after the removal');
  await bojan.do('leaveSession', { commandId: newId() });
  await line('line after the leaving');
  await csr.do('endSession', sessionOf());
}

beforeAll(async () => {
  api = await ApiUnderTest.start({ clock });
  // What becomes of a mail stands in the play.
  await api.node.invitationSender.close();
  administrator = await api.firstAdministrator();
  auditor = await api.colleague(administrator, ['auditor']);
  csr = await api.colleague(administrator, ['representative']);
  const other = await api.colleague(administrator, ['representative']);
  session = await csr.startSession({ subject: 'Subject-Quince' });
  const socket = await csr.socket();
  watching.set('representative', { socket, feed: csr.sessionFeed(socket, session.sessionId) });
  const others = await other.startSession();
  const foreign = await other.socket();
  foreign.subscribe(operation(staffOperations, 'mySessions').text);
  watching.set('representative of another session', {
    socket: foreign,
    feed: other.sessionFeed(foreign, others.sessionId),
  });
  await come('customer of another session', others.number, 'Senka');
  await perform();
  for (const one of ['representative', 'primary customer'] as const)
    await watching.get(one)?.feed?.until(({ events }) => events.some(({ type }) => type === 'SessionEnded'));
  await other.say(others.sessionId, 'marker');
  for (const one of ['representative', 'customer'] as const)
    await watching
      .get(`${one} of another session`)
      ?.feed?.until(({ events }) => events.some(({ type }) => type === 'ChatMessageSent'));
  for (const viewer of people.keys()) await roundTrips(viewer);
});
afterAll(async () => {
  for (const { socket } of watching.values()) await socket.close();
  await api.close();
});

/** What was on its way to this socket has come when it has answered something else, twice. */
async function roundTrips(viewer: Viewer): Promise<void> {
  for (let trip = 0; trip < 2; trip++)
    await watching.get(viewer)?.socket.codeFor(operation(customerOperations, 'site').text, {});
}

function eventsOf({ feed }: Watching): readonly FeedEvent[] {
  return (feed?.all ?? []).flatMap(({ data }) => (data?.['sessionFeed'] as FeedBatch | undefined)?.events ?? []);
}

function seesAct({ seenBy }: Act, viewer: Viewer): boolean {
  return [...seenBy].some((letter) => letters[letter] === viewer);
}

describe(`the feed: ${play.length} events x ${viewers.length} viewers = ${cells.length} cells`, () => {
  it('had the events of the play to send, in this order', async () => {
    const inSession = (await api.events()).filter(({ stream }) => stream === `supportSession-${session.sessionId}`);
    expect(inSession.map(({ type }) => type)).toEqual(play.map(({ type }) => type));
  });

  it.each(cells)('$name ($type) to $viewer', ({ revision, viewer, ...act }) => {
    const watcher = watching.get(viewer);
    if (watcher === undefined) throw new Error(`${viewer} did not watch.`);
    const inThisSession = !viewer.endsWith('another session');
    const got = inThisSession && eventsOf(watcher).some((event) => event.revision === revision);
    expect(got).toBe(seesAct(act, viewer));
    const plant = plants[act.name];
    if (plant === undefined) return;
    const again = play.find(({ name }) => name === shownAgain[act.name]);
    expect(watcher.socket.received.includes(plant)).toBe(
      seesAct(act, viewer) || (again !== undefined && seesAct(again, viewer)),
    );
  });

  it('sends to somebody of another session not even the id of this one', () => {
    for (const viewer of ['representative of another session', 'customer of another session'] as const)
      expect(watching.get(viewer)?.socket.received).not.toContain(session.sessionId);
  });

  it('sends nobody an event twice but after a reset', () => {
    for (const watcher of watching.values()) {
      const revisions: number[] = [];
      for (const { data } of watcher.feed?.all ?? []) {
        const batch = data?.['sessionFeed'] as FeedBatch;
        if (batch.reset) revisions.length = 0;
        revisions.push(...batch.events.map(({ revision }) => revision));
      }
      expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
    }
  });

  it.each(['representative', 'primary customer', 'waiting person', 'turned away'] as const)(
    'from the start shows to %s afterwards what he saw live, texts taken back gone',
    async (viewer) => {
      const customer = people.get(viewer);
      const socket = await (customer ?? csr).socket();
      const feed = customer?.sessionFeed(socket) ?? csr.sessionFeed(socket, session.sessionId);
      const { events } = await feed.value();
      expect(events.map(({ revision }) => play[revision]?.name)).toEqual(
        play.filter((act) => seesAct(act, viewer)).map(({ name }) => name),
      );
      for (const name of ['line to all', 'line to the primary customer alone', 'line before the others came'])
        expect(socket.received).not.toContain(plants[name]);
      await socket.close();
    },
  );
});

describe('typing signals', () => {
  it('reach whom they are for, and nobody else', async () => {
    const { sessionId, number, participantId } = await csr.startSession();
    const ana = await api.customer().join(number, 'Ana');
    const bojan = await api.customer().join(number, 'Bojan');
    await csr.do('admitToSession', { commandId: newId(), sessionId, participantId: bojan.participantId });
    const [atCsr, atAna, atBojan] = [await csr.socket(), await ana.socket(), await bojan.socket()];
    const { text } = operation(customerOperations, 'typing');
    const heard = {
      csr: atCsr.subscribe<{ participantId: string; typing: boolean }>(operation(staffOperations, 'typing').text, {
        sessionId,
      }),
      ana: atAna.subscribe<{ participantId: string; typing: boolean }>(text),
      bojan: atBojan.subscribe<{ participantId: string; typing: boolean }>(text),
    };
    // All three listen once their connections have answered what they were asked afterwards.
    await atCsr.codeFor(operation(staffOperations, 'me').text, {});
    for (const socket of [atAna, atBojan]) await socket.codeFor(operation(customerOperations, 'site').text, {});
    await ana.do('signalTyping', { to: participantId, typing: true });
    await ana.do('signalTyping', { to: 'all', typing: false });
    const byAna = (typing: boolean): object => expect.objectContaining({ participantId: ana.participantId, typing });
    expect([await heard.csr.value(), await heard.csr.value()]).toEqual([byAna(true), byAna(false)]);
    expect(await heard.bojan.value()).toEqual(byAna(false));
    expect(heard.bojan.all).toHaveLength(1);
    expect(heard.ana.all).toHaveLength(0);
    expect(atBojan.received).not.toContain('true');
    for (const socket of [atCsr, atAna, atBojan]) await socket.close();
  });
});

describe('the histories', () => {
  const staffRoles = ['administrator', 'supervisor', 'representative', 'auditor'] as const;

  it(`show to an auditor, and to no other role, every one of the ${eventRegistry.size} types: ${eventRegistry.size * staffRoles.length} cells`, async () => {
    await makeTheRest();
    const written = new Set((await api.events()).map(({ type }) => type));
    expect([...written].sort()).toEqual([...eventRegistry.keys()].sort());
    const shown = new Set<string>();
    const history = await auditor.do<History>('sessionHistory', { sessionId: session.sessionId });
    for (const { type } of history.events) shown.add(type);
    for (let before: string | null | undefined; before !== null;) {
      const page: SitePage = await auditor.do<SitePage>('siteHistory', { before });
      for (const { type } of page.events) shown.add(type);
      before = page.olderBefore;
    }
    // That the log was signed comes every minute, and is nothing that anybody did.
    const told = [...eventRegistry.keys()].filter((type) => type !== 'LogCheckpointSigned');
    expect([...shown].sort()).toEqual(told.sort());
    for (const role of staffRoles.slice(0, 3)) {
      const person = await api.colleague(administrator, [role]);
      for (const name of ['sessionHistory', 'siteHistory'])
        expect((await person.ask(name, { sessionId: session.sessionId })).code).toBe('NOT_ALLOWED');
    }
  });

  it('show an auditor the private lines too, and of taken-back ones that they were', async () => {
    const { events, chain } = await auditor.do<History>('sessionHistory', { sessionId: session.sessionId });
    const texts = events.filter(({ type }) => type === 'ChatMessageSent').map(({ payload }) => payload['text']);
    const erased = { erased: true };
    expect(texts).toEqual([
      erased,
      erased,
      erased,
      'private-Lychee',
      'private-Tamarind',
      'later-Feijoa',
      'last-Soursop',
    ]);
    expect(chain).toMatchObject({ status: 'unbroken', events: play.length, brokenAtRevision: null });
  });
});

interface History {
  readonly events: readonly FeedEvent[];
  readonly chain: object;
}

interface SitePage {
  readonly events: readonly FeedEvent[];
  readonly olderBefore: string | null;
}

/** The types of event that neither the play nor the making of the accounts has written. */
async function makeTheRest(): Promise<void> {
  const { accountId } = await api.colleague(administrator, ['representative']);
  const admin = (name: string, more: object): Promise<unknown> =>
    administrator.do(name, { commandId: newId(), ...more });
  await admin('setAccountRoles', { accountId, roles: ['supervisor'] });
  await admin('disableAccount', { accountId });
  await admin('enableAccount', { accountId });
  await admin('issueAccountLink', { accountId });
  await admin('changeOwnLocale', { locale: 'sr-Latn' });
  await admin('changeSiteSettings', { name: 'Help desk' });
  await admin('rebuildProjection', { name: 'getting-started' });
  await admin('pauseProjection', { name: 'getting-started', paused: false });
  await admin('sendTestMail', { to: 'it@example.org' });
  await administrator.do('developmentMailbox');
  const supervisor = await api.colleague(administrator, ['supervisor']);
  const day = { from: '2026-11-20', to: '2026-11-20', timeZone: 'Europe/Belgrade' };
  await supervisor.do('csrActivity', day);
  await supervisor.do('exportCsrActivity', { ...day, locale: 'en' });
  await auditor.do('findSessions', { number: session.number });
  await auditor.do('sessionHistory', { sessionId: session.sessionId });
  await auditor.do('siteHistory');
  await api.colleague(administrator, ['auditor']).then((person) => person.ask('accounts'));
  await api.customer().ask('joinByNumber', { commandId: newId(), number: '000000000', name: 'Nobody' });
  await api.node.journal.flushCounted();
  await signTheLog();
  await api.upToDate();
  const customerId = await customerIdOf('Vera Kumquat');
  await admin('erasePersonalData', { customerId });
  await api.upToDate();
}

/** As the server does after a while, and an operator once it was put back or has lost something. */
async function signTheLog(): Promise<void> {
  const { store, vault, clock, site, checkpoints } = api.node;
  await checkpoints.close(10_000);
  const { state } = await auditLog(store, { hasRowPositions: true, head: null, elsewhere: null });
  if (state === null) throw new Error('There is a log.');
  const losses = { losses: [], findings: [], contents: 'AAAA' };
  for (const about of [{ type: 'LogRestored' }, { type: 'LogLossAccepted', more: losses }] as const)
    await recordStatement({ store, vault, clock, siteId: site.siteId }, { ...about, state, lost: null });
}

async function customerIdOf(name: string): Promise<string> {
  const [found] = api.node.readModels.people.findCustomers(name, 1);
  if (found === undefined) throw new Error(`${name} is not found.`);
  return found.customerId;
}
