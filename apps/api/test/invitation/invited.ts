import { newId } from '../support/people';
import type { FeedBatch, FeedEvent, Staff, StartedSession } from '../support/people';
import type { Socket, Subscription } from '../support/socket';

export interface Invited {
  readonly invitationId: string;
  /** The first event of this type about the invitation from here on. */
  until(type: string): Promise<FeedEvent>;
}

/** A representative in a session of his, who invites and watches what becomes of it. */
export class Inviting {
  private constructor(
    readonly csr: Staff,
    readonly session: StartedSession,
    private readonly socket: Socket,
    private readonly feed: Subscription<FeedBatch>,
  ) {}

  static async start(csr: Staff, texts: { subject?: string } = {}): Promise<Inviting> {
    const session = await csr.startSession(texts);
    const socket = await csr.socket();
    return new Inviting(csr, session, socket, csr.sessionFeed(socket, session.sessionId));
  }

  async invite(more: Readonly<Record<string, unknown>> = {}): Promise<Invited> {
    const { sessionId } = this.session;
    const commandId = newId();
    const email = { channel: 'email', recipient: 'ana@example.org', customerName: 'Ana Medlar', locale: 'en' };
    await this.csr.do('inviteCustomer', { commandId, sessionId, ...email, ...more });
    return { invitationId: commandId, until: (type) => this.#until(type, commandId) };
  }

  async text(invitationId: string): Promise<{ link: string | null; text: string; subject: string; number: string }> {
    return this.csr.do('invitationText', { sessionId: this.session.sessionId, invitationId });
  }

  async change(act: 'resendInvitation' | 'withdrawInvitation', invitationId: string): Promise<string> {
    const { sessionId } = this.session;
    return (await this.csr.ask(act, { commandId: newId(), sessionId, invitationId })).code;
  }

  async close(): Promise<void> {
    await this.socket.close();
  }

  async #until(type: string, invitationId: string): Promise<FeedEvent> {
    const wanted = (event: FeedEvent): boolean => event.type === type && event.payload['invitationId'] === invitationId;
    const { events } = await this.feed.until((batch) => batch.events.some(wanted));
    return events.find(wanted) as FeedEvent;
  }
}

export function tokenIn(link: string | null): string {
  return new URL(link ?? '').searchParams.get('invitation') ?? '';
}
