import { knownPassword } from './api-under-test';
import type { ApiUnderTest } from './api-under-test';
import { newId } from './people';
import type { Customer, Staff } from './people';
import { until } from './until';

export type Variables = Record<string, unknown>;

export interface OwnSession {
  readonly sessionId: string;
  /** A line of the representative. */
  readonly messageId: string;
  readonly customer: Customer;
  readonly waiting: Customer;
  /** Id of an invitation by e-mail, made and sent once. */
  invited(): Promise<string>;
  /** Id of a question for the customer's screen, asked once. */
  asked(): Promise<string>;
  /** Id of a grant of it, given once. */
  shared(): Promise<string>;
  /** The representative takes part in the talk. */
  talking(): Promise<unknown>;
  /** Somebody reports it by its number, which ends nothing. */
  reported(): Promise<unknown>;
}

/** Everything that an operation of staff can be aimed at. */
export interface Scene {
  /** Who asks. */
  readonly me: Staff;
  /** An account that nobody needs afterwards. */
  victim(): Promise<Staff & { readonly email: string }>;
  freshLink(): Promise<string>;
  /** A session of whoever asks, or of the administrator when he may have none. */
  session(): Promise<OwnSession>;
  endedCustomerId(): Promise<string>;
}

/** Makes what scenes need, with an administrator's rights. */
export class Scenery {
  constructor(
    readonly api: ApiUnderTest,
    readonly administrator: Staff,
  ) {}

  /** A scene of its own for `me`; `owner` has the sessions in it. */
  for(me: Staff, owner: Staff = me): Scene {
    return {
      me,
      victim: () => this.api.colleague(this.administrator, ['representative']),
      freshLink: () => this.freshLink(),
      session: () => this.newSession(owner),
      endedCustomerId: () => this.endedCustomerId(),
    };
  }

  async newSession(owner: Staff): Promise<OwnSession> {
    const { sessionId, number } = await owner.startSession();
    const customer = await this.api.customer().join(number, 'Ana');
    const waiting = await this.api.customer().join(number, 'Bojan');
    const invited = once(() => this.#inviteBySending(owner, sessionId));
    const asked = once(() => askForScreen(owner, sessionId));
    const shared = once(async () => shareScreen(customer, await asked()));
    const reported = once(() => this.api.customer().do('reportSession', { commandId: newId(), number }));
    const talking = once(() => owner.do('joinAudio', { commandId: newId(), sessionId, muted: false }));
    return {
      sessionId,
      customer,
      waiting,
      invited,
      asked,
      shared,
      talking,
      reported,
      messageId: await owner.say(sessionId, 'Good morning'),
    };
  }

  async #inviteBySending(owner: Staff, sessionId: string): Promise<string> {
    const invitationId = await owner.invite(sessionId);
    await until('the mail has been sent', async () => {
      const session = await this.api.node.sessions.find(sessionId);
      return session?.invitations[invitationId]?.sending.status === 'sent';
    });
    return invitationId;
  }

  async freshLink(): Promise<string> {
    const variables = { commandId: newId(), name: 'Nova', email: `${newId()}@example.org`, roles: ['auditor'] };
    const { url } = await this.administrator.do<{ url: string }>('inviteAccount', variables);
    return url.split('#')[1] ?? '';
  }

  async endedCustomerId(): Promise<string> {
    const { sessionId } = await this.newSession(this.administrator);
    await this.administrator.do('endSession', { commandId: newId(), sessionId });
    const session = await this.api.node.sessions.find(sessionId);
    await this.api.upToDate();
    return Object.values(session?.participants ?? {}).find(({ role }) => role === 'primaryCustomer')?.personId ?? '';
  }
}

export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

async function askForScreen(owner: Staff, sessionId: string): Promise<string> {
  const commandId = newId();
  await owner.do('requestPermission', { commandId, sessionId, capability: 'desktop', access: 'view' });
  return commandId;
}

async function shareScreen(customer: Customer, requestId: string): Promise<string> {
  const commandId = newId();
  for (const name of ['showRequest', 'approveRequest']) await customer.do(name, { commandId: newId(), requestId });
  await customer.do('grantPermission', { commandId, requestId, surface: 'monitor' });
  return commandId;
}

const account = async (scene: Scene): Promise<Variables> => ({
  commandId: newId(),
  accountId: (await scene.victim()).accountId,
});
const inSession =
  (more: (session: OwnSession) => Variables | Promise<Variables> = () => ({})) =>
  async (scene: Scene): Promise<Variables> => {
    const session = await scene.session();
    return { commandId: newId(), sessionId: session.sessionId, ...(await more(session)) };
  };
const waitingPerson = inSession(({ waiting }) => ({ participantId: waiting.participantId }));
const withCommandId = (): Variables => ({ commandId: newId() });

const reportDay = { from: '2026-11-20', to: '2026-11-20', timeZone: 'Europe/Belgrade' };

/** What makes each operation of staff one that succeeds for whoever may do it. Those without a row need nothing. */
export const staffVariables: Record<string, (scene: Scene) => Variables | Promise<Variables>> = {
  accountLink: async (scene) => ({ secret: await scene.freshLink() }),
  findSessions: () => ({ number: '482913057' }),
  sessionHistory: inSession(),
  sessions: () => ({}),
  representatives: () => ({}),
  'sessions of another': () => ({ representativeId: newId() }),
  csrActivity: () => reportDay,
  'csrActivity of another': () => ({ ...reportDay, representativeIds: [newId()] }),
  csrActivitySessions: ({ me }) => ({ ...reportDay, figure: 'sessions', representativeId: me.accountId || newId() }),
  'csrActivitySessions of another': () => ({ ...reportDay, figure: 'sessions', representativeId: newId() }),
  erasurePreview: async (scene) => ({ customerId: await scene.endedCustomerId() }),

  invitationText: inSession(async ({ invited }) => ({ invitationId: await invited() })),

  signIn: async (scene) => ({ email: (await scene.victim()).email, password: knownPassword }),
  'signOutEverywhere of another': account,
  'signOutEverywhere of oneself': ({ me }) => ({ commandId: newId(), accountId: me.accountId || newId() }),
  setPassword: async (scene) => ({ secret: await scene.freshLink(), password: knownPassword }),
  changeOwnPassword: () => ({ commandId: newId(), current: knownPassword, next: knownPassword }),
  changeOwnLocale: () => ({ commandId: newId(), locale: 'sr-Latn' }),

  inviteAccount: () => ({ commandId: newId(), name: 'Nova', email: `${newId()}@example.org`, roles: ['auditor'] }),
  issueAccountLink: account,
  setAccountRoles: async (scene) => ({ ...(await account(scene)), roles: ['supervisor'] }),
  disableAccount: account,
  enableAccount: account,
  changeSiteSettings: () => ({ commandId: newId(), name: 'Help desk' }),

  startOutboundSession: withCommandId,
  admitToSession: waitingPerson,
  refuseAdmission: waitingPerson,
  removeParticipant: inSession(({ customer }) => ({ participantId: customer.participantId })),
  sendChatMessage: inSession(() => ({ to: 'all', text: 'Hello' })),
  takeBackChatMessage: inSession(({ messageId }) => ({ messageId })),
  endSession: inSession(),
  signalTyping: inSession(() => ({ to: 'all', typing: true })),

  requestPermission: inSession(() => ({ capability: 'desktop', access: 'view' })),
  withdrawRequest: inSession(async ({ asked }) => ({ requestId: await asked() })),
  endPermission: inSession(async ({ shared }) => ({ grantId: await shared() })),
  joinAudio: inSession(() => ({ muted: true })),
  leaveAudio: inSession(async ({ talking }) => talking().then(() => ({}))),
  setMuted: inSession(async ({ talking }) => talking().then(() => ({ muted: true }))),
  saveNote: inSession(() => ({ noteId: newId(), basedOn: 0, text: 'What was done' })),
  mediaAccess: inSession(),

  inviteCustomer: inSession(() => ({ channel: 'phone', recipient: '+381 64 123 4567', locale: 'sr-Latn' })),
  resendInvitation: inSession(async ({ invited }) => ({ invitationId: await invited() })),
  withdrawInvitation: inSession(async ({ invited }) => ({ invitationId: await invited() })),
  reviewSessionReport: inSession(async ({ reported }) => reported().then(() => ({}))),
  sendTestMail: () => ({ commandId: newId(), to: 'it@example.org' }),

  exportCsrActivity: () => ({ ...reportDay, locale: 'en' }),
  'exportCsrActivity of another': () => ({ ...reportDay, locale: 'en', representativeIds: [newId()] }),
  erasePersonalData: async (scene) => ({ commandId: newId(), customerId: await scene.endedCustomerId() }),
  rebuildProjection: () => ({ commandId: newId(), name: 'getting-started' }),
  pauseProjection: () => ({ commandId: newId(), name: 'getting-started', paused: false }),

  sessionFeed: inSession(),
  typing: inSession(),
};
