import { knownPassword } from './api-under-test';
import type { ApiUnderTest } from './api-under-test';
import { newId } from './people';
import type { Customer, Staff } from './people';

export type Variables = Record<string, unknown>;

export interface OwnSession {
  readonly sessionId: string;
  /** A line of the representative. */
  readonly messageId: string;
  readonly customer: Customer;
  readonly waiting: Customer;
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
    return { sessionId, customer, waiting, messageId: await owner.say(sessionId, 'Good morning') };
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
const withCommandId = (): Variables => ({ commandId: newId() });

/** What makes each operation of staff one that succeeds for whoever may do it. Those without a row need nothing. */
export const staffVariables: Record<string, (scene: Scene) => Variables | Promise<Variables>> = {
  accountLink: async (scene) => ({ secret: await scene.freshLink() }),
  findSessions: () => ({ number: '482913057' }),
  sessionHistory: inSession(),
  erasurePreview: async (scene) => ({ customerId: await scene.endedCustomerId() }),

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

  erasePersonalData: async (scene) => ({ commandId: newId(), customerId: await scene.endedCustomerId() }),
  rebuildProjection: () => ({ commandId: newId(), name: 'getting-started' }),
  pauseProjection: () => ({ commandId: newId(), name: 'getting-started', paused: false }),

  sessionFeed: inSession(),
  typing: inSession(),
};
