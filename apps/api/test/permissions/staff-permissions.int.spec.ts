import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '@deskside/domain';
import { codeOf } from '../support/answer';
import { ApiUnderTest, knownPassword } from '../support/api-under-test';
import { operation, staffOperations } from '../support/operations';
import { newId } from '../support/people';
import type { Customer, Staff } from '../support/people';
import { Socket, SocketRefused } from '../support/socket';

const callers = ['administrator', 'supervisor', 'representative', 'auditor', 'disabled', 'nobody'] as const;
type Caller = (typeof callers)[number];
type Person = Staff & { readonly email?: string };

/** Everything that the operations below can be aimed at. */
interface Scene {
  /** Who asks in this cell. */
  readonly me: Person;
  /** An account that nobody needs afterwards. */
  victim(): Promise<Staff & { email: string }>;
  freshLink(): Promise<string>;
  /** A session of whoever asks, or of the administrator when he may have none. */
  session(): Promise<OwnSession>;
  endedCustomerId(): Promise<string>;
}

interface OwnSession {
  readonly sessionId: string;
  readonly messageId: string;
  readonly customer: Customer;
  readonly waiting: Customer;
}

type Variables = Record<string, unknown>;

/** `ok`, `no` (NOT_ALLOWED), `out` (NOT_SIGNED_IN), `shut` (no socket without a sign-in), for each caller in order. */
interface Row {
  readonly answers: string;
  readonly variables?: (scene: Scene) => Variables | Promise<Variables>;
}

const account = async (scene: Scene): Promise<Variables> => ({
  commandId: newId(),
  accountId: (await scene.victim()).accountId,
});
const inSession =
  (more: (session: OwnSession) => Variables = () => ({})) =>
  async (scene: Scene): Promise<Variables> => {
    const session = await scene.session();
    return { commandId: newId(), sessionId: session.sessionId, ...more(session) };
  };
const waitingPerson = inSession(({ waiting }) => ({ participantId: waiting.participantId }));

const forAll = 'ok ok ok ok ok ok';
const signedIn = 'ok ok ok ok out out';
const manages = 'ok no no no out out';
const audits = 'no no no ok out out';
const serves = 'ok ok ok no out out';

/** Who may ask what, written by hand:     administrator supervisor representative auditor disabled nobody */
const table: Record<string, Row> = {
  me: { answers: forAll },
  site: { answers: forAll },
  gettingStarted: { answers: signedIn },
  accounts: { answers: manages },
  accountLink: { answers: forAll, variables: async (scene) => ({ secret: await scene.freshLink() }) },
  findSessions: { answers: 'ok no no ok out out', variables: () => ({ number: '482913057' }) },
  sessionHistory: { answers: audits, variables: inSession() },
  siteHistory: { answers: audits },
  erasurePreview: { answers: manages, variables: async (scene) => ({ customerId: await scene.endedCustomerId() }) },
  projections: { answers: manages },

  signIn: {
    answers: forAll,
    variables: async (scene) => ({ email: (await scene.victim()).email, password: knownPassword }),
  },
  signOut: { answers: forAll },
  'signOutEverywhere of another': { answers: manages, variables: account },
  'signOutEverywhere of oneself': {
    answers: signedIn,
    variables: ({ me }) => ({ commandId: newId(), accountId: me.accountId || newId() }),
  },
  setPassword: {
    answers: forAll,
    variables: async (scene) => ({ secret: await scene.freshLink(), password: knownPassword }),
  },
  changeOwnPassword: {
    answers: signedIn,
    variables: () => ({ commandId: newId(), current: knownPassword, next: knownPassword }),
  },
  changeOwnLocale: { answers: signedIn, variables: () => ({ commandId: newId(), locale: 'sr-Latn' }) },

  inviteAccount: {
    answers: manages,
    variables: () => ({ commandId: newId(), name: 'Nova', email: `${newId()}@example.org`, roles: ['auditor'] }),
  },
  issueAccountLink: { answers: manages, variables: account },
  setAccountRoles: {
    answers: manages,
    variables: async (scene) => ({ ...(await account(scene)), roles: ['supervisor'] }),
  },
  disableAccount: { answers: manages, variables: account },
  enableAccount: { answers: manages, variables: account },
  changeSiteSettings: { answers: manages, variables: () => ({ commandId: newId(), name: 'Help desk' }) },

  startOutboundSession: { answers: serves, variables: () => ({ commandId: newId() }) },
  admitToSession: { answers: serves, variables: waitingPerson },
  refuseAdmission: { answers: serves, variables: waitingPerson },
  removeParticipant: {
    answers: serves,
    variables: inSession(({ customer }) => ({ participantId: customer.participantId })),
  },
  sendChatMessage: { answers: serves, variables: inSession(() => ({ to: 'all', text: 'Hello' })) },
  takeBackChatMessage: { answers: serves, variables: inSession(({ messageId }) => ({ messageId })) },
  endSession: { answers: serves, variables: inSession() },
  signalTyping: { answers: serves, variables: inSession(() => ({ to: 'all', typing: true })) },

  erasePersonalData: {
    answers: manages,
    variables: async (scene) => ({ commandId: newId(), customerId: await scene.endedCustomerId() }),
  },
  rebuildProjection: { answers: manages, variables: () => ({ commandId: newId(), name: 'getting-started' }) },
  pauseProjection: {
    answers: manages,
    variables: () => ({ commandId: newId(), name: 'getting-started', paused: false }),
  },

  mySessions: { answers: 'ok ok ok no shut shut' },
  accountsFeed: { answers: 'ok no no no shut shut' },
  projectionsFeed: { answers: 'ok no no no shut shut' },
  sessionFeed: { answers: 'ok ok ok no shut shut', variables: inSession() },
  typing: { answers: 'ok ok ok no shut shut', variables: inSession() },
};

const meanings: Record<string, string> = { ok: 'ok', no: 'NOT_ALLOWED', out: 'NOT_SIGNED_IN', shut: 'closed 4403' };
const operationOf = (row: string): string => row.split(' ')[0] ?? '';
const cells = Object.entries(table).flatMap(([row, { answers }]) =>
  callers.map((caller, place) => ({
    row,
    caller,
    code: meanings[answers.split(' ')[place] ?? ''] ?? 'not in the table',
  })),
);
/** What a member of staff can aim at a session; the auditor's look at its history is another matter. */
const sessionOperations = [...staffOperations.values()].filter(
  ({ name, text }) => text.includes('$sessionId') && name !== 'sessionHistory',
);
const othersRoles = ['administrator', 'supervisor', 'representative'] as const;
const foreignCells = sessionOperations.flatMap(({ name }) =>
  othersRoles.map((caller) => ({ operation: name, caller })),
);
const socketCells = cells.filter(({ code, row }) => code === 'NOT_ALLOWED' && operationOf(row) !== 'signOut');

let api: ApiUnderTest;
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
});
afterAll(() => api.close());

/** Targets of cells that are to be refused: nothing happens to them, so one of each will do. */
const shared = new Map<string, Promise<unknown>>();

function sceneFor(caller: Caller, code: string): Scene {
  const { administrator } = people;
  const me = people[caller];
  const owner = code === 'ok' && caller !== 'auditor' ? me : administrator;
  const target = <T>(name: string, make: () => Promise<T>): Promise<T> => {
    if (code === 'ok') return make();
    if (!shared.has(name)) shared.set(name, make());
    return shared.get(name) as Promise<T>;
  };
  return {
    me,
    victim: () => target('account', () => api.colleague(administrator, ['representative'])),
    freshLink: () => target('link', freshLink),
    session: () => target('session', () => newSession(owner)),
    endedCustomerId: () => target('customer', endedCustomerId),
  };
}

async function freshLink(): Promise<string> {
  const variables = { commandId: newId(), name: 'Nova', email: `${newId()}@example.org`, roles: ['auditor'] };
  const { url } = await people.administrator.do<{ url: string }>('inviteAccount', variables);
  return url.split('#')[1] ?? '';
}

async function endedCustomerId(): Promise<string> {
  const { sessionId } = await newSession(people.administrator);
  await people.administrator.do('endSession', { commandId: newId(), sessionId });
  const session = await api.node.sessions.find(sessionId);
  await api.upToDate();
  return Object.values(session?.participants ?? {}).find(({ role }) => role === 'primaryCustomer')?.personId ?? '';
}

async function newSession(owner: Staff): Promise<OwnSession> {
  const { sessionId, number } = await owner.startSession();
  const customer = await api.customer().join(number, 'Ana');
  const waiting = await api.customer().join(number, 'Bojan');
  return { sessionId, customer, waiting, messageId: await owner.say(sessionId, 'Good morning') };
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
    const variables = (await table[row]?.variables?.(scene)) ?? {};
    // What ends or replaces a sign-in is done with one of its own.
    const { email } = scene.me;
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
    const variables = (await table[row]?.variables?.(sceneFor(caller, code))) ?? {};
    expect(await codeOverSocket(people[caller], operationOf(row), variables)).toBe(code);
    note(caller, code);
  });
});

describe(`another's session: ${sessionOperations.length} operations x ${othersRoles.length} roles = ${foreignCells.length} cells`, () => {
  let foreign: OwnSession;
  let stands: number;
  beforeAll(async () => {
    foreign = await newSession(await api.colleague(people.administrator, ['representative']));
    stands = (await api.node.sessions.find(foreign.sessionId))?.chat.length ?? 0;
  });

  it.each(foreignCells)('$operation by $caller: SESSION_NOT_FOUND', async ({ operation: name, caller }) => {
    const { sessionId, messageId, customer, waiting } = foreign;
    const participantId = name === 'removeParticipant' ? customer.participantId : waiting.participantId;
    const variables = { commandId: newId(), sessionId, participantId, messageId, to: 'all', text: 'Hi', typing: true };
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
