import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '@deskside/domain';
import { codeOf } from '../support/answer';
import { ApiUnderTest, knownPassword } from '../support/api-under-test';
import { operation, staffOperations } from '../support/operations';
import { newId } from '../support/people';
import type { Staff } from '../support/people';
import { once, Scenery, staffVariables } from '../support/scene';
import type { OwnSession, Scene, Variables } from '../support/scene';
import { Socket, SocketRefused } from '../support/socket';

const callers = ['administrator', 'supervisor', 'representative', 'auditor', 'disabled', 'nobody'] as const;
type Caller = (typeof callers)[number];
type Person = Staff & { readonly email?: string };

const forAll = 'ok ok ok ok ok ok';
const signedIn = 'ok ok ok ok out out';
const manages = 'ok no no no out out';
const audits = 'no no no ok out out';
const serves = 'ok ok ok no out out';
const reads = 'no ok ok no out out';

/**
 * Who may ask what, written by hand: `ok`, `no` (NOT_ALLOWED), `out` (NOT_SIGNED_IN), `shut` (no socket without a sign-in),
 * for administrator, supervisor, representative, auditor, disabled, nobody.
 */
const table: Record<string, string> = {
  me: forAll,
  site: forAll,
  writeRefusal: forAll,
  gettingStarted: signedIn,
  accounts: manages,
  accountLink: forAll,
  findSessions: 'ok no no ok out out',
  sessionHistory: audits,
  siteHistory: audits,
  erasurePreview: manages,
  projections: manages,
  sessions: serves,
  'sessions of another': 'no ok no no out out',
  representatives: serves,
  csrActivity: reads,
  'csrActivity of another': 'no ok no no out out',
  csrActivitySessions: reads,
  'csrActivitySessions of another': 'no ok no no out out',

  invitationText: serves,
  mail: manages,
  developmentMailbox: manages,

  signIn: forAll,
  signOut: forAll,
  'signOutEverywhere of another': manages,
  'signOutEverywhere of oneself': signedIn,
  setPassword: forAll,
  changeOwnPassword: signedIn,
  changeOwnLocale: signedIn,

  inviteAccount: manages,
  issueAccountLink: manages,
  setAccountRoles: manages,
  disableAccount: manages,
  enableAccount: manages,
  changeSiteSettings: manages,

  startOutboundSession: serves,
  admitToSession: serves,
  refuseAdmission: serves,
  removeParticipant: serves,
  sendChatMessage: serves,
  takeBackChatMessage: serves,
  endSession: serves,
  signalTyping: serves,

  requestPermission: serves,
  withdrawRequest: serves,
  endPermission: serves,
  joinAudio: serves,
  leaveAudio: serves,
  setMuted: serves,
  mediaAccess: 'away away away no out out',
  saveNote: serves,

  inviteCustomer: serves,
  resendInvitation: serves,
  withdrawInvitation: serves,
  reviewSessionReport: 'ok ok no no out out',
  sendTestMail: manages,

  exportCsrActivity: reads,
  'exportCsrActivity of another': 'no ok no no out out',
  erasePersonalData: manages,
  rebuildProjection: manages,
  pauseProjection: manages,

  mySessions: 'ok ok ok no shut shut',
  sessionsNow: 'no ok no no shut shut',
  accountsFeed: 'ok no no no shut shut',
  projectionsFeed: 'ok no no no shut shut',
  alerts: 'ok ok no no shut shut',
  developmentMailCaught: 'ok no no no shut shut',
  sessionFeed: 'ok ok ok no shut shut',
  typing: 'ok ok ok no shut shut',
  mediaState: 'ok ok ok no shut shut',
};

const meanings: Record<string, string> = {
  ok: 'ok',
  no: 'NOT_ALLOWED',
  out: 'NOT_SIGNED_IN',
  shut: 'closed 4403',
  // Allowed, as far as permissions go: there is no media server in these tests.
  away: 'MEDIA_UNAVAILABLE',
};
const operationOf = (row: string): string => row.split(' ')[0] ?? '';
const cells = Object.entries(table).flatMap(([row, answers]) =>
  callers.map((caller, place) => ({
    row,
    caller,
    code: meanings[answers.split(' ')[place] ?? ''] ?? 'not in the table',
  })),
);
/** What somebody may do to sessions in which he is not: the auditor looks, whoever reviews alerts reviews. */
const fromOutside = new Set(['sessionHistory', 'reviewSessionReport']);
/** What a member of staff can aim at a session. */
const sessionOperations = [...staffOperations.values()].filter(
  ({ name, text }) => text.includes('$sessionId') && !fromOutside.has(name),
);
const othersRoles = ['administrator', 'supervisor', 'representative'] as const;
const foreignCells = sessionOperations.flatMap(({ name }) =>
  othersRoles.map((caller) => ({ operation: name, caller })),
);
const socketCells = cells.filter(({ code, row }) => code === 'NOT_ALLOWED' && operationOf(row) !== 'signOut');

let api: ApiUnderTest;
let scenery: Scenery;
let people: Readonly<Record<Caller, Person>>;
/** What must stand in the access stream at the end: `<account> <code>`, once for each refusal. */
const refusals: string[] = [];

beforeAll(async () => {
  api = await ApiUnderTest.start();
  const first = await api.firstAdministrator();
  const colleague = (role: Role): Promise<Staff> => api.colleague(first, [role]);
  people = {
    administrator: await colleague('administrator'),
    supervisor: await colleague('supervisor'),
    representative: await colleague('representative'),
    auditor: await colleague('auditor'),
    disabled: await colleague('representative'),
    nobody: api.staff(),
  };
  await people.administrator.do('disableAccount', { commandId: newId(), accountId: people.disabled.accountId });
  await api.upToDate();
  scenery = new Scenery(api, people.administrator);
  const { victim, freshLink, session, endedCustomerId, me } = scenery.for(people.administrator);
  untouched = {
    me,
    victim: once(victim),
    freshLink: once(freshLink),
    session: once(session),
    endedCustomerId: once(endedCustomerId),
  };
});
afterAll(() => api.close());

/** Targets of cells that are to be refused: nothing happens to them, so one of each will do. */
let untouched: Scene;

function sceneFor(caller: Caller, code: string): Scene {
  const me = people[caller];
  return code === 'ok' || code === meanings['away']
    ? scenery.for(me, caller === 'auditor' ? people.administrator : me)
    : { ...untouched, me };
}

async function codeFor(person: Staff, name: string, variables: Variables): Promise<string> {
  const { kind } = operation(staffOperations, name);
  return kind === 'subscription' ? codeOverSocket(person, name, variables) : (await person.ask(name, variables)).code;
}

async function codeOverSocket(person: Staff, name: string, variables: Variables): Promise<string> {
  try {
    const socket = await person.socket();
    const subscription = socket.subscribe(operation(staffOperations, name).text, variables);
    const first = subscription.next();
    // Nobody types in these sessions: a signal is what shows that a subscription to them stands.
    if (name === 'typing') await signalUntil(first, String(variables['sessionId']));
    const next = await first;
    await socket.close();
    return codeOf(next?.errors);
  } catch (error) {
    if (error instanceof SocketRefused) return `closed ${error.closing.code}`;
    throw error;
  }
}

/** Signals until somebody has heard it. */
async function signalUntil(heard: Promise<unknown>, sessionId: string): Promise<void> {
  const over = heard.then(() => true);
  const participantId = newId();
  do api.node.signals.publish(sessionId, { participantId, typing: true, to: 'all' });
  while (!(await Promise.race([over, nextTurn(false)])));
}

function note(caller: Caller, code: string): void {
  if (code === 'NOT_ALLOWED' || code === 'SESSION_NOT_FOUND') refusals.push(`${people[caller].accountId} ${code}`);
}

describe(`staff: ${staffOperations.size} operations in ${Object.keys(table).length} rows x ${callers.length} callers = ${cells.length} cells`, () => {
  it('have a row for every operation of the schema', () => {
    expect([...new Set(Object.keys(table).map(operationOf))].sort()).toEqual([...staffOperations.keys()].sort());
  });

  it.each(cells)('$row by $caller: $code', async ({ row, caller, code }) => {
    const scene = sceneFor(caller, code);
    const variables = (await staffVariables[row]?.(scene)) ?? {};
    // What ends or replaces a sign-in is done with one of its own.
    const { email } = people[caller];
    const spends = ['signIn', 'signOut', 'setPassword'].includes(row) && caller !== 'nobody' && caller !== 'disabled';
    const person = Object.assign(api.staff(), { cookie: scene.me.cookie, accountId: scene.me.accountId });
    if (spends && email !== undefined) await person.signIn(email, knownPassword);
    expect(await codeFor(person, operationOf(row), variables)).toBe(code);
    note(caller, code);
    if (row === 'changeOwnPassword') scene.me.cookie = person.cookie;
    if (row === 'signOutEverywhere of oneself' && code === 'ok' && email !== undefined)
      await scene.me.signIn(email, knownPassword);
  });
});

describe(`what is not allowed over HTTP is not allowed over a socket: ${socketCells.length} cells`, () => {
  it.each(socketCells)('$row by $caller: $code', async ({ row, caller, code }) => {
    const variables = (await staffVariables[row]?.(sceneFor(caller, code))) ?? {};
    expect(await codeOverSocket(people[caller], operationOf(row), variables)).toBe(code);
    note(caller, code);
  });
});

describe(`another's session: ${sessionOperations.length} operations x ${othersRoles.length} roles = ${foreignCells.length} cells`, () => {
  let foreign: OwnSession;
  let stands: number;
  beforeAll(async () => {
    foreign = await scenery.newSession(await api.colleague(people.administrator, ['representative']));
    stands = (await api.node.sessions.find(foreign.sessionId))?.chat.length ?? 0;
  });

  it.each(foreignCells)('$operation by $caller: SESSION_NOT_FOUND', async ({ operation: name, caller }) => {
    const { sessionId, messageId, customer, waiting } = foreign;
    const participantId = name === 'removeParticipant' ? customer.participantId : waiting.participantId;
    const variables = {
      commandId: newId(),
      sessionId,
      participantId,
      messageId,
      to: 'all',
      text: 'Hi',
      typing: true,
      capability: 'desktop',
      access: 'view',
      muted: true,
      noteId: newId(),
      basedOn: 0,
      requestId: newId(),
      grantId: newId(),
      invitationId: newId(),
      channel: 'phone',
      locale: 'en',
    };
    expect(await codeFor(people[caller], name, variables)).toBe('SESSION_NOT_FOUND');
    note(caller, 'SESSION_NOT_FOUND');
  });

  it('answers as one that does not exist, word for word', async () => {
    const ask = (sessionId: string): Promise<{ text: string }> =>
      people.representative.ask('endSession', { commandId: newId(), sessionId });
    expect((await ask(foreign.sessionId)).text).toBe((await ask(newId())).text);
    note('representative', 'SESSION_NOT_FOUND');
    note('representative', 'SESSION_NOT_FOUND');
  });

  it('is as it was', async () => {
    const session = await api.node.sessions.find(foreign.sessionId);
    expect(session).toMatchObject({ status: 'open' });
    expect(session?.chat).toHaveLength(stands);
    expect(session?.waiting[foreign.waiting.participantId]?.answer).toBe('waiting');
  });
});

it('every one of these refusals stands in the access stream, once, with who was refused', async () => {
  const found = (await api.events())
    .filter(({ type, stream }) => type === 'CommandRefused' && stream.startsWith('access-'))
    .map(({ actor, payload }) => `${actor.id} ${String(payload['code'])}`);
  expect(found.sort()).toEqual(refusals.sort());
  process.stdout.write(`${found.length} refusals recorded\n`);
});

it('a socket without a sign-in is refused before anything can be asked', async () => {
  await expect(Socket.open(people.nobody.url, {})).rejects.toThrow('4403');
});
