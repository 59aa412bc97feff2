import type { Answer } from './answer';
import type { ApiUnderTest } from './api-under-test';
import { newId } from './people';
import type { Customer, Staff, StartedSession } from './people';

/** A session with its representative and a customer, and what both do about the customer's screen. */
export class SharedScreen {
  readonly csr: Staff;
  readonly ana: Customer;
  readonly sessionId: string;
  readonly number: string;
  /** Place of the representative in the session. */
  readonly representative: string;

  private constructor({ csr, ana, started }: { csr: Staff; ana: Customer; started: StartedSession }) {
    ({ sessionId: this.sessionId, number: this.number, participantId: this.representative } = started);
    this.csr = csr;
    this.ana = ana;
  }

  static async begin(api: ApiUnderTest, csr: Staff): Promise<SharedScreen> {
    const started = await csr.startSession();
    const ana = await api.customer().join(started.number, 'Ana');
    return new SharedScreen({ csr, ana, started });
  }

  /** Of the representative, in this session. */
  byCsr(name: string, more: object = {}, commandId = newId()): Promise<Answer> {
    return this.csr.ask(name, { commandId, sessionId: this.sessionId, ...more });
  }

  byAna(name: string, more: object = {}, commandId = newId()): Promise<Answer> {
    return this.ana.ask(name, { commandId, ...more });
  }

  /** @returns the request's id */
  async asked(): Promise<string> {
    const commandId = newId();
    await this.csr.do('requestPermission', {
      commandId,
      sessionId: this.sessionId,
      capability: 'desktop',
      access: 'view',
    });
    return commandId;
  }

  async shown(): Promise<string> {
    const requestId = await this.asked();
    await this.ana.do('showRequest', { commandId: newId(), requestId });
    return requestId;
  }

  /** The browser's own dialog is open. */
  async choosing(): Promise<string> {
    const requestId = await this.shown();
    await this.ana.do('approveRequest', { commandId: newId(), requestId });
    return requestId;
  }

  /** @returns the grant's id */
  async granted(): Promise<string> {
    const requestId = await this.choosing();
    const commandId = newId();
    await this.ana.do('grantPermission', { commandId, requestId, surface: 'monitor' });
    return commandId;
  }
}
