import { randomUUID } from 'node:crypto';
import { post, valueOf } from './answer';
import type { Answer } from './answer';
import { customerOperations, operation, staffOperations } from './operations';
import { Socket } from './socket';
import type { SocketOptions, Subscription } from './socket';

export const newId = (): string => randomUUID();

let addresses = 0;

/** An address of his own for everybody, so that one person's wrong tries do not slow another down. */
export function nextAddress(): string {
  addresses += 1;
  return `10.7.${addresses >> 8}.${addresses & 255}`;
}

type Variables = Readonly<Record<string, unknown>>;

export interface FeedEvent {
  readonly revision: number;
  readonly type: string;
  readonly occurredAt: string;
  readonly actor: { readonly kind: string; readonly id: string; readonly sessionRole: string | null };
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface FeedBatch {
  readonly reset: boolean;
  readonly events: readonly FeedEvent[];
  readonly upTo: number;
  readonly caughtUp: boolean;
}

export interface StartedSession {
  readonly sessionId: string;
  readonly participantId: string;
  readonly number: string;
  readonly numberExpiresAt: string;
  readonly position: string;
}

export interface Admission {
  readonly bearer: string;
  readonly sessionId: string;
  readonly participantId: string;
  readonly number: string;
}

/** A member of staff with a browser: its cookies, its address. */
export class Staff {
  cookie = '';
  /** By which the browser is known again; goes with no sign-out. */
  browserCookie = '';
  accountId = '';
  address = nextAddress();
  /** Of the server; another one after a restart. */
  origin: string;

  constructor(origin: string) {
    this.origin = origin;
  }

  get url(): string {
    return `${this.origin}/graphql/staff`;
  }

  get headers(): Record<string, string> {
    const cookies = [this.cookie, this.browserCookie].filter((cookie) => cookie !== '');
    return { 'x-forwarded-for': this.address, ...(cookies.length === 0 ? {} : { cookie: cookies.join('; ') }) };
  }

  /** Asks without expecting anything. */
  async ask(name: string, variables: Variables = {}): Promise<Answer> {
    const answer = await post(this.url, {
      query: operation(staffOperations, name).text,
      variables,
      headers: this.headers,
    });
    this.#keepCookie(answer);
    return answer;
  }

  /** @throws when it was refused. */
  async do<T = Record<string, unknown>>(name: string, variables: Variables = {}): Promise<T> {
    return valueOf<T>(await this.ask(name, variables));
  }

  async signIn(email: string, password: string): Promise<this> {
    this.accountId = (await this.do<{ id: string }>('signIn', { email, password })).id;
    return this;
  }

  async socket(options: SocketOptions = {}): Promise<Socket> {
    return Socket.open(this.url, { ...options, headers: { ...this.headers, ...options.headers } });
  }

  async startSession(texts: { subject?: string; ticket?: string } = {}): Promise<StartedSession> {
    return this.do<StartedSession>('startOutboundSession', { commandId: newId(), ...texts });
  }

  /** Sends a line and gives its id. */
  async say(sessionId: string, text: string, to = 'all'): Promise<string> {
    const commandId = newId();
    await this.do('sendChatMessage', { commandId, sessionId, to, text });
    return commandId;
  }

  /** Invites somebody and gives the invitation's id. */
  async invite(sessionId: string, more: Variables = {}): Promise<string> {
    const commandId = newId();
    const email = { channel: 'email', recipient: 'ana@example.org', locale: 'en' };
    await this.do('inviteCustomer', { commandId, sessionId, ...email, ...more });
    return commandId;
  }

  /** The secret of an invitation's link. */
  async linkOf(sessionId: string, invitationId: string): Promise<string> {
    const { link } = await this.do<{ link: string }>('invitationText', { sessionId, invitationId });
    return new URL(link).searchParams.get('invitation') ?? '';
  }

  sessionFeed(socket: Socket, sessionId: string, afterRevision?: number): Subscription<FeedBatch> {
    return socket.subscribe(operation(staffOperations, 'sessionFeed').text, { sessionId, afterRevision });
  }

  #keepCookie({ headers }: Answer): void {
    for (const line of headers.getSetCookie()) {
      if (line.startsWith('deskside_sign_in=')) this.cookie = line.split(';')[0] ?? '';
      if (line.startsWith('deskside_browser=')) this.browserCookie = line.split(';')[0] ?? '';
    }
  }
}

/** A customer with a browser: his bearer, the cookie to come back by, his address. */
export class Customer {
  bearer = '';
  cookie = '';
  sessionId = '';
  participantId = '';
  readonly address = nextAddress();
  origin: string;

  constructor(origin: string) {
    this.origin = origin;
  }

  get url(): string {
    return `${this.origin}/graphql/customer`;
  }

  get headers(): Record<string, string> {
    return {
      'x-forwarded-for': this.address,
      ...(this.bearer === '' ? {} : { authorization: `Bearer ${this.bearer}` }),
      ...(this.cookie === '' ? {} : { cookie: this.cookie }),
    };
  }

  async ask(name: string, variables: Variables = {}): Promise<Answer> {
    const query = operation(customerOperations, name).text;
    const answer = await post(this.url, { query, variables, headers: this.headers });
    for (const line of answer.headers.getSetCookie())
      if (line.startsWith('deskside_return=')) this.cookie = line.split(';')[0] ?? '';
    return answer;
  }

  async do<T = Record<string, unknown>>(name: string, variables: Variables = {}): Promise<T> {
    return valueOf<T>(await this.ask(name, variables));
  }

  /** Joins, or asks to be let in. */
  async join(number: string, name: string, commandId = newId()): Promise<this> {
    const admission = await this.do<Admission>('joinByNumber', { commandId, number, name });
    ({ bearer: this.bearer, sessionId: this.sessionId, participantId: this.participantId } = admission);
    return this;
  }

  /** The same by the link of an invitation. */
  async joinByLink(link: string, name = ''): Promise<this> {
    const admission = await this.do<Admission>('joinByInvitation', { commandId: newId(), link, name });
    ({ bearer: this.bearer, sessionId: this.sessionId, participantId: this.participantId } = admission);
    return this;
  }

  async say(text: string, to = 'all'): Promise<string> {
    const commandId = newId();
    await this.do('sendChatMessage', { commandId, to, text });
    return commandId;
  }

  async socket(options: SocketOptions = {}): Promise<Socket> {
    const headers = { 'x-forwarded-for': this.address, ...options.headers };
    return Socket.open(this.url, { ...options, headers, params: { bearer: this.bearer, ...options.params } });
  }

  sessionFeed(socket: Socket, afterRevision?: number): Subscription<FeedBatch> {
    return socket.subscribe(operation(customerOperations, 'sessionFeed').text, { afterRevision });
  }
}
