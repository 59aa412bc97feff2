import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { codeOf } from '../support/answer';
import { ApiUnderTest } from '../support/api-under-test';
import { committedSchema, customerOperations, operation } from '../support/operations';
import { newId } from '../support/people';
import type { Customer, FeedBatch, Staff } from '../support/people';
import { SharedScreen } from '../support/shared-screen';
import { SocketRefused } from '../support/socket';
import type { Socket, Subscription } from '../support/socket';
import { until } from '../support/until';

const callers = ['nobody', 'customer', 'stranger', 'waiting', 'turnedAway', 'removed', 'left', 'afterTheEnd'] as const;
type Caller = (typeof callers)[number];

/** One session with the person who asks, and what he could aim at. */
interface Scene {
  readonly me: Customer;
  /** A connection from before he was removed, left, turned away. */
  readonly openSocket: Socket | null;
  readonly sessionId: string;
  readonly number: string;
  readonly representative: string;
  /** A line of the caller, or of the session's customer where the caller has none. */
  readonly messageId: string;
  /** What the row had made before whoever asks went. */
  readonly made: Variables;
}

type Variables = Record<string, unknown>;
const meanings: Record<string, string> = {
  ok: 'ok',
  nothing: 'ok, nothing',
  unknown: 'SESSION_NUMBER_UNKNOWN',
  out: 'NOT_SIGNED_IN',
  no: 'NOT_A_PARTICIPANT',
  late: 'SESSION_ENDED',
  idle: 'JOIN_REQUEST_NOT_WAITING',
  nobody: 'CHAT_RECIPIENT_UNKNOWN',
  absent: 'MESSAGE_NOT_FOUND',
  shut: 'closed 4403',
  mine: 'NOT_ALLOWED',
  closed: 'REQUEST_NOT_OPEN',
  none: 'GRANT_NOT_FOUND',
  silent: 'AUDIO_NOT_JOINED',
  away: 'MEDIA_UNAVAILABLE',
};

const device = {
  browser: 'Firefox',
  system: 'Windows',
  form: 'desktop',
  canShareScreen: true,
  microphones: 1,
  cameras: 0,
};

async function ended(session: SharedScreen): Promise<Variables> {
  const endedGrantId = await session.granted();
  await session.ana.do('endPermission', { commandId: newId(), grantId: endedGrantId, reason: 'pageClosed' });
  return { endedGrantId };
}

interface Row {
  readonly answers: string;
  /** Made by the session's own people while the caller is still there. */
  readonly made?: (session: SharedScreen) => Promise<Variables>;
  readonly variables?: (scene: Scene) => Variables;
}
const withId = ({ made }: Scene): Variables => ({ commandId: newId(), ...made });

/** Written by hand. The stranger is another session's customer and aims at this one. */
const table: Record<string, Row> = {
  //              nobody customer stranger waiting turnedAway removed left afterTheEnd
  site: { answers: 'ok ok ok ok ok ok ok ok' },
  writeRefusal: { answers: 'nothing nothing nothing nothing nothing nothing nothing nothing' },
  joinByNumber: {
    answers: 'ok ok ok ok ok ok ok unknown',
    variables: ({ number }) => ({ commandId: newId(), number, name: 'Vesna' }),
  },
  sessionPreview: { answers: 'ok ok ok ok ok ok ok unknown', variables: ({ number }) => ({ number }) },
  joinByInvitation: {
    answers: 'ok ok ok ok ok ok ok late',
    made: async ({ sessionId }) => ({ link: await linkInto(sessionId), name: '' }),
    variables: withId,
  },
  reportSession: { answers: 'out ok ok no no out out late', variables: () => ({ commandId: newId() }) },
  returnToSession: { answers: 'nothing ok ok ok ok nothing nothing ok' },
  withdrawJoinRequest: { answers: 'out idle idle ok idle out out late', variables: () => ({ commandId: newId() }) },
  leaveSession: { answers: 'out ok ok no no out out late', variables: () => ({ commandId: newId() }) },
  sendChatMessage: {
    answers: 'out ok nobody no no out out late',
    variables: ({ representative: to }) => ({ commandId: newId(), to, text: 'Hello' }),
  },
  takeBackChatMessage: {
    answers: 'out ok absent no no out out late',
    variables: ({ messageId }) => ({ commandId: newId(), messageId }),
  },
  signalTyping: { answers: 'out ok ok no no out out ok', variables: () => ({ to: 'all', typing: true }) },
  describeDevice: { answers: 'out ok ok no no out out late', variables: () => ({ commandId: newId(), device }) },
  showRequest: {
    answers: 'out ok closed mine mine out out late',
    made: async (session) => ({ requestId: await session.asked() }),
    variables: withId,
  },
  extendRequest: {
    answers: 'out ok closed mine mine out out late',
    made: async (session) => ({ requestId: await session.shown() }),
    variables: withId,
  },
  approveRequest: {
    answers: 'out ok closed mine mine out out late',
    made: async (session) => ({ requestId: await session.shown() }),
    variables: withId,
  },
  reportNothingChosen: {
    answers: 'out ok closed mine mine out out late',
    made: async (session) => ({ requestId: await session.choosing(), reason: 'nothingChosen' }),
    variables: withId,
  },
  denyRequest: {
    answers: 'out ok closed mine mine out out late',
    made: async (session) => ({ requestId: await session.shown() }),
    variables: withId,
  },
  grantPermission: {
    answers: 'out ok closed mine mine out out late',
    made: async (session) => ({ requestId: await session.choosing(), surface: 'monitor' }),
    variables: withId,
  },
  resumePermission: {
    answers: 'out ok none mine mine out out late',
    made: async (session) => ({ ...(await ended(session)), surface: 'monitor' }),
    variables: withId,
  },
  revokePermission: {
    answers: 'out ok none mine mine out out late',
    made: async (session) => ({ grantId: await session.granted() }),
    variables: withId,
  },
  endPermission: {
    answers: 'out ok none mine mine out out late',
    made: async (session) => ({ grantId: await session.granted(), reason: 'captureEnded' }),
    variables: withId,
  },
  stoppedAtServer: {
    answers: 'out ok none mine mine out out ok',
    made: async (session) => ({ grantId: await session.granted() }),
    variables: ({ made }) => made,
  },
  joinAudio: { answers: 'out ok ok no no out out late', variables: () => ({ commandId: newId(), muted: true }) },
  leaveAudio: { answers: 'out ok ok no no out out late', variables: () => ({ commandId: newId() }) },
  setMuted: {
    answers: 'out ok silent no no out out late',
    made: async (session) => {
      await session.byAna('joinAudio', { muted: false });
      return {};
    },
    variables: () => ({ commandId: newId(), muted: true }),
  },
  mediaAccess: { answers: 'out away away no no out out late' },
  mediaState: { answers: 'shut ok ok ok ok shut shut ok' },
  sessionFeed: { answers: 'shut ok ok ok ok shut shut ok' },
  typing: { answers: 'shut ok ok no no shut shut ok' },
};
const cells = Object.entries(table).flatMap(([name, { answers }]) =>
  callers.map((caller, place) => ({
    name,
    caller,
    code: meanings[answers.split(' ')[place] ?? ''] ?? 'not in the table',
  })),
);
/** Over a connection that was open before, whoever has gone is as unknown as over a new one. */
const gone = ['removed', 'left'] as const;
const whoeverAsks = new Set([
  ...['site', 'writeRefusal', 'sessionPreview'],
  ...['joinByNumber', 'joinByInvitation', 'returnToSession'],
]);
const openSocketCells = [...customerOperations.keys()]
  .filter((name) => !whoeverAsks.has(name))
  .flatMap((name) => gone.map((caller) => ({ name, caller })));

let api: ApiUnderTest;
let csr: Staff;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  csr = await api.colleague(await api.firstAdministrator(), ['representative']);
});
afterAll(() => api.close());

async function linkInto(sessionId: string): Promise<string> {
  return csr.linkOf(sessionId, await csr.invite(sessionId, { channel: 'instantMessage' }));
}

async function sceneFor(caller: Caller, row = ''): Promise<Scene> {
  const session = await SharedScreen.begin(api, csr);
  const { sessionId, number, representative, ana: customer } = session;
  const act = async (name: string, more: Variables = {}): Promise<unknown> =>
    csr.do(name, { commandId: newId(), sessionId, ...more });
  const asking = async (): Promise<Customer> => api.customer().join(number, 'Bojan');
  const stage: Record<Caller, () => Promise<Customer>> = {
    nobody: async () => api.customer(),
    customer: async () => customer,
    stranger: async () => api.customer().join((await csr.startSession()).number, 'Senka'),
    waiting: asking,
    turnedAway: asking,
    removed: async () => customer,
    left: async () => customer,
    afterTheEnd: async () => customer,
  };
  const me = await stage[caller]();
  const messageId = await customer.say('The printer is offline');
  const made = (await table[row]?.made?.(session)) ?? {};
  const openSocket = me.bearer === '' ? null : await me.socket();
  if (caller === 'turnedAway') await act('refuseAdmission', { participantId: me.participantId });
  if (caller === 'removed') await act('removeParticipant', { participantId: me.participantId });
  if (caller === 'left') await me.do('leaveSession', { commandId: newId() });
  if (caller === 'afterTheEnd') await act('endSession');
  return { me, openSocket, sessionId, number, representative, messageId, made };
}

async function codeFor(scene: Scene, name: string, variables: Variables): Promise<string> {
  if (operation(customerOperations, name).kind !== 'subscription') {
    const { code, value } = await scene.me.ask(name, variables);
    return code === 'ok' && value === null ? 'ok, nothing' : code;
  }
  try {
    const socket = await scene.me.socket();
    const code = await codeOver(socket, scene.me, name, variables);
    await socket.close();
    return code;
  } catch (error) {
    if (error instanceof SocketRefused) return `closed ${error.closing.code}`;
    throw error;
  }
}

async function codeOver(socket: Socket, me: Customer, name: string, variables: Variables): Promise<string> {
  const subscription = socket.subscribe(operation(customerOperations, name).text, variables);
  const first = subscription.next();
  // Nobody types: a signal is what shows that a subscription to them stands.
  if (name === 'typing') await signalUntil(first, me.sessionId);
  return codeOf((await first)?.errors);
}

/** Signals until somebody has heard it. */
async function signalUntil(heard: Promise<unknown>, sessionId: string): Promise<void> {
  const over = heard.then(() => true);
  const participantId = newId();
  do api.node.signals.publish(sessionId, { participantId, typing: true, to: 'all' });
  while (!(await Promise.race([over, nextTurn(false)])));
}

describe(`customers: ${customerOperations.size} operations x ${callers.length} callers = ${cells.length} cells`, () => {
  it('have a row and a built operation for every one of the schema', () => {
    const schema = committedSchema('customer');
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    const fields = roots.flatMap((type) => Object.keys(type?.getFields() ?? {})).sort();
    expect(Object.keys(table).sort()).toEqual(fields);
    expect([...customerOperations.keys()].sort()).toEqual(fields);
  });

  it.each(cells)('$name by $caller: $code', async ({ name, caller, code }) => {
    const scene = await sceneFor(caller, name);
    const before = await api.node.sessions.find(scene.sessionId);
    expect(await codeFor(scene, name, table[name]?.variables?.(scene) ?? {})).toBe(code);
    await scene.openSocket?.close();
    if (caller !== 'stranger' || name.startsWith('joinBy')) return;
    // Whatever another session's customer did, this one is as it was.
    expect(await api.node.sessions.find(scene.sessionId)).toEqual(before);
  });
});

describe(`a connection from before he left or was removed: ${openSocketCells.length} cells`, () => {
  it.each(openSocketCells)('$name over the socket of one who was $caller: NOT_SIGNED_IN', async ({ name, caller }) => {
    const scene = await sceneFor(caller, name);
    if (scene.openSocket === null) throw new Error('He had one.');
    const variables = table[name]?.variables?.(scene) ?? {};
    const code = scene.openSocket.codeFor(operation(customerOperations, name).text, variables);
    expect(await code).toBe('NOT_SIGNED_IN');
    await scene.openSocket.close();
  });
});

describe('a customer', () => {
  it('cannot take back what the representative said, nor answer as somebody else', async () => {
    const { me, sessionId } = await sceneFor('customer');
    const messageId = await csr.say(sessionId, 'Please restart it');
    expect((await me.ask('takeBackChatMessage', { commandId: newId(), messageId })).code).toBe('MESSAGE_NOT_YOURS');
  });

  it('gets of a session by its feed nothing of any other', async () => {
    const { me, sessionId } = await sceneFor('stranger');
    await csr.say(me.sessionId, 'For Senka');
    const socket = await me.socket();
    const batch = await me.sessionFeed(socket).value();
    expect(batch.events.map(({ type }) => type)).toEqual(['ParticipantJoined', 'ParticipantJoined', 'ChatMessageSent']);
    expect(socket.received).not.toContain(sessionId);
    await socket.close();
  });

  it('has the feed, the typing signals and the server\u2019s memory of both ended when he is removed', async () => {
    const nobodyWatches = (): boolean => api.node.hub.watched === 0;
    await until('all feeds of before have ended', nobodyWatches);
    const { sessionId, number } = await csr.startSession();
    const ana = await api.customer().join(number, 'Ana');
    const socket = await ana.socket();
    const feed: Subscription<FeedBatch> = ana.sessionFeed(socket);
    const typing = socket.subscribe(operation(customerOperations, 'typing').text);
    const heard = typing.next();
    await signalUntil(heard, sessionId);
    await feed.value();
    await csr.do('removeParticipant', { commandId: newId(), sessionId, participantId: ana.participantId });
    await feed.until(({ events }) => events.some(({ type }) => type === 'ParticipantRemoved'));
    await feed.ended;
    await typing.ended;
    await csr.say(sessionId, 'Among ourselves');
    await until('nothing is kept of him', nobodyWatches);
    expect(socket.received).not.toContain('Among ourselves');
    await socket.close();
  });

  it.each(['', 'Bearer ', 'x'.repeat(43), 'x'.repeat(5000), '\u0000', 'null'])(
    'with a garbled bearer %j is nobody',
    async (bearer) => {
      const me = Object.assign(api.customer(), { bearer: encodeURI(bearer) });
      expect((await me.ask('leaveSession', { commandId: newId() })).code).toBe('NOT_SIGNED_IN');
      await expect(me.socket({ params: { bearer } })).rejects.toThrow('4403');
    },
  );
});
