import { randomUUID } from 'node:crypto';
import { customerOperation, post } from '../live/people';
import type { CsrAtWork } from '../live/people';

export interface Started {
  readonly sessionId: string;
  readonly participantId: string;
  readonly number: string;
}

/** What the CSR does beside his page, over the endpoint that the page uses. */
export class StaffDesk {
  readonly csr: CsrAtWork;
  readonly #origin: string;

  constructor(origin: string, csr: CsrAtWork) {
    this.#origin = origin;
    this.csr = csr;
  }

  startSession(): Promise<Started> {
    return this.#ask(
      'mutation($id: ID!) { startOutboundSession(commandId: $id) { sessionId participantId number } }',
      'startOutboundSession',
      {},
    );
  }

  /** @returns the link that lets the customer in */
  async invite(sessionId: string): Promise<string> {
    const invitationId = randomUUID();
    await this.#ask(
      'mutation($id: ID!, $sessionId: ID!) { inviteCustomer(commandId: $id, sessionId: $sessionId, channel: instantMessage, customerName: "Ana Petrović", locale: "en") { position } }',
      'inviteCustomer',
      { id: invitationId, sessionId },
    );
    const text = await this.#ask<{ link: string }>(
      'query($sessionId: ID!, $invitationId: ID!) { invitationText(sessionId: $sessionId, invitationId: $invitationId) { link } }',
      'invitationText',
      { sessionId, invitationId },
    );
    return text.link;
  }

  /** Request View. @returns the request's id */
  async requestView(sessionId: string): Promise<string> {
    const id = randomUUID();
    await this.#ask(
      'mutation($id: ID!, $sessionId: ID!) { requestPermission(commandId: $id, sessionId: $sessionId, capability: "desktop", access: "view") { position } }',
      'requestPermission',
      { id, sessionId },
    );
    return id;
  }

  async mediaToken(sessionId: string): Promise<string> {
    const query = 'mutation($sessionId: ID!) { mediaAccess(sessionId: $sessionId) { token } }';
    return (await this.#ask<{ token: string }>(query, 'mediaAccess', { sessionId })).token;
  }

  async endSession(sessionId: string): Promise<void> {
    const query =
      'mutation($id: ID!, $sessionId: ID!) { endSession(commandId: $id, sessionId: $sessionId) { position } }';
    await this.#ask(query, 'endSession', { sessionId });
  }

  async #ask<T>(query: string, field: string, variables: Record<string, unknown>): Promise<T> {
    const { cookie, address } = this.csr;
    const { data } = await post(`${this.#origin}/graphql/staff`, {
      query,
      variables: query.includes('$id:') ? { id: randomUUID(), ...variables } : variables,
      headers: { cookie, 'x-forwarded-for': address },
    });
    return data[field] as T;
  }
}

/** What a customer's page sends, with his bearer. */
export class CustomerDesk {
  readonly #origin: string;
  readonly #bearer: string;

  constructor(origin: string, bearer: string) {
    this.#origin = origin;
    this.#bearer = bearer;
  }

  /** The request as a page sends it with `fetch`. */
  request(name: string, variables: Record<string, unknown>): { url: string; body: string; bearer: string } {
    const body = JSON.stringify({ query: customerOperation(name), variables });
    return { url: `${this.#origin}/graphql/customer`, body, bearer: this.#bearer };
  }

  async send<T>(name: string, variables: Record<string, unknown> = {}): Promise<T> {
    const { data } = await post(`${this.#origin}/graphql/customer`, {
      query: customerOperation(name),
      variables,
      headers: { authorization: `Bearer ${this.#bearer}` },
    });
    return data[name] as T;
  }
}
