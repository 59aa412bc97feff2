import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@deskside/domain';
import { readEnvelope } from '@deskside/event-store';
import type { Envelope, RecordedEvent } from '@deskside/event-store';
import type { Clock } from '../../src/clock/clock';
import type { LimitsOptions } from '../../src/limits/limits';
import { firstAdministratorTold } from '../../src/node/first-start';
import { serve } from '../../src/node/serve';
import type { RunningServer } from '../../src/node/serve';
import { readSettings } from '../../src/settings/settings';
import { Customer, newId, Staff } from './people';

/** Time that stands still until it is set. */
export class GivenClock implements Clock {
  constructor(public at: Date = new Date('2026-11-20T09:00:00.000Z')) {}

  now(): Date {
    return new Date(this.at);
  }

  pass(amount: { readonly hours?: number; readonly minutes?: number; readonly seconds?: number }): void {
    const { hours = 0, minutes = 0, seconds = 0 } = amount;
    this.at = new Date(this.at.getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1000);
  }
}

export interface ApiOptions {
  readonly dataDir?: string;
  readonly clock?: Clock;
  /** Other limits than the standard ones. */
  readonly limits?: LimitsOptions;
  readonly settings?: Readonly<Record<string, string>>;
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'deskside-api-'));
}

export const knownPassword = 'correct horse battery staple';

/** The whole server in this process, on a free port and in a folder of its own. */
export class ApiUnderTest {
  #ofOwn: boolean;
  #closed = false;

  private constructor(
    readonly server: RunningServer,
    readonly dataDir: string,
    ofOwn: boolean,
  ) {
    this.#ofOwn = ofOwn;
  }

  static async start({ dataDir, settings = {}, ...options }: ApiOptions = {}): Promise<ApiUnderTest> {
    const folder = dataDir ?? newFolder();
    const wanted = readSettings({
      DESKSIDE_DATA_DIR: folder,
      DESKSIDE_PORT: '0',
      DESKSIDE_LOG_LEVEL: 'silent',
      DESKSIDE_TRUST_PROXY: '1',
      DESKSIDE_MEDIA: 'off',
      ...settings,
    });
    const server = await serve(wanted, options);
    // Whoever holds this object has it.
    if (server.firstAdministrator !== null) await firstAdministratorTold(server.node);
    // Whoever has no feed open counts as away after ten seconds. No test waits for that, but a slow machine takes as long
    // for one, and would have it written into the midst of what is compared.
    server.node.presence.close();
    return new ApiUnderTest(server, folder, dataDir === undefined);
  }

  get url(): string {
    return this.server.url;
  }

  get node(): RunningServer['node'] {
    return this.server.node;
  }

  staff(): Staff {
    return new Staff(this.url);
  }

  customer(): Customer {
    return new Customer(this.url);
  }

  /** The first administrator, signed in; only right after the first start. */
  async firstAdministrator(): Promise<Staff> {
    const first = this.server.firstAdministrator;
    if (first === null) throw new Error('This is not the first start.');
    return this.staff().signIn(first.email, first.password);
  }

  /** Invites somebody, who sets his password by the link and is signed in by that. */
  async colleague(
    administrator: Staff,
    roles: readonly Role[],
    name = 'Mira Colleague',
  ): Promise<Staff & { email: string }> {
    const email = `${newId()}@example.org`;
    const { url } = await administrator.do<{ url: string }>('inviteAccount', {
      commandId: newId(),
      name,
      email,
      roles,
    });
    const person = this.staff();
    const secret = url.split('#')[1];
    person.accountId = (await person.do<{ id: string }>('setPassword', { secret, password: knownPassword })).id;
    return Object.assign(person, { email });
  }

  /** Everything in the log, in order. */
  async events(): Promise<readonly (Envelope<Record<string, unknown>> & Pick<RecordedEvent, 'position'>)[]> {
    const all: RecordedEvent[] = [];
    for (let page = await this.node.store.readAll({ after: null }); page.events.length > 0;) {
      all.push(...page.events);
      page = await this.node.store.readAll({ after: page.position });
    }
    return all.map((event) => ({ ...readEnvelope<Record<string, unknown>>(event), position: event.position }));
  }

  /** Settles when every read model shows what stands in the log now. */
  async upToDate(): Promise<void> {
    const head = await this.node.store.head();
    const names = this.node.readModels.states().map((state) => state.name);
    if (head !== null && !(await this.node.readModels.whenProcessed(names, head, 10_000)))
      throw new Error('The read models are behind.');
  }

  /** Ends the server and leaves its folder. */
  async stop(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.server.close();
  }

  async close(): Promise<void> {
    await this.stop();
    if (this.#ofOwn) rmSync(this.dataDir, { recursive: true, force: true });
  }
}
