import { afterEach, describe, expect, it } from '@jest/globals';
import type { Invitation, KnownSession } from '@deskside/domain';
import type { MailOutcome } from '@deskside/mail';
import type { OutgoingMailRow, ReadModels } from '@deskside/projections';
import { done, refused } from '../command-path/outcome';
import type { Sessions } from '../support-session/sessions';
import { InvitationSender, retryAfterSeconds } from './invitation-sender';
import type { Invitations } from './invitations';

const now = new Date('2026-11-21T09:00:00.000Z');
const row: OutgoingMailRow = { sessionId: 's', invitationId: 'i', attempt: 1, failures: 0, dueAt: now.toISOString() };
const waiting: Invitation['sending'] = { status: 'waiting', attempt: 1 };
type Noted = { readonly type: string; readonly payload: { readonly retryAt?: string | null } };

/** A sender whose list has one mail on it; the list lags behind what the session itself says. */
class Sending {
  readonly noted: Noted[] = [];
  sent = 0;
  session: Partial<KnownSession> = { status: 'open' };
  invitation: Partial<Invitation> = { status: 'open', sending: waiting };
  outcome: MailOutcome = { ok: true };
  full = false;
  /** How often the list cannot be read. */
  unreadable = 0;
  readonly failures: unknown[] = [];
  #heard: () => void = () => undefined;
  readonly sender: InvitationSender;

  constructor(failures = 0) {
    const facts = { channel: 'email', locale: 'en', customerName: null, subject: null, number: '482913057', token: '' };
    const session = (): unknown => ({ ...this.session, invitations: { i: this.invitation } });
    this.sender = new InvitationSender({
      readModels: {
        outgoingMail: { due: () => this.#list(failures), nextDueAfter: () => null },
        onChange: () => () => undefined,
      } as unknown as ReadModels,
      sessions: {
        find: async () => session(),
        handle: async (_: unknown, command: Noted) => this.#note(command),
      } as unknown as Sessions,
      invitations: {
        recipientOf: async () => 'ana@example.org',
        factsOf: async () => ({ ...facts, representative: 'Mira', company: 'Example', origin: 'https://e.example' }),
      } as unknown as Invitations,
      mail: {
        ...{ kind: 'smtp', from: 'a@example.com', close: async () => undefined },
        send: async () => {
          this.sent += 1;
          return this.outcome;
        },
      },
      clock: { now: () => now },
      bootId: 'boot',
      onFailure: (error) => this.failures.push(error),
    });
  }

  #list(failures: number): readonly OutgoingMailRow[] {
    if (this.unreadable === 0) return [{ ...row, failures }];
    this.unreadable -= 1;
    throw new Error('disk I/O error');
  }

  /** Settles with the next thing that it tries to write down. */
  next(): Promise<void> {
    return new Promise((heard) => (this.#heard = heard));
  }

  #note(command: Noted): unknown {
    this.noted.push(command);
    if (this.full) return this.#told(refused('LOG_DISK_FULL'));
    this.invitation = { ...this.invitation, sending: { status: 'sent', attempt: 1, at: row.dueAt } };
    return this.#told(done({}));
  }

  #told<T>(outcome: T): T {
    this.#heard();
    return outcome;
  }
}

describe('who sends invitations', () => {
  let sending = new Sending();
  afterEach(() => sending.sender.close());

  async function begin(change: (of: Sending) => void = () => undefined, failures = 0): Promise<Sending> {
    sending = new Sending(failures);
    change(sending);
    sending.sender.start(() => 'https://e.example');
    return sending;
  }

  it('sends no mail again that the server took while the disk was full: it is written down later', async () => {
    const { next } = await begin((of) => (of.full = true));
    await next.call(sending);
    const again = sending.next();
    sending.full = false;
    await again;
    expect(sending.sent).toBe(1);
    expect(sending.noted.map(({ type }) => type)).toEqual(['NoteInvitationSent', 'NoteInvitationSent']);
  });

  it('looks again when its list cannot be read for a moment', async () => {
    const { next } = await begin((of) => (of.unreadable = 1));
    await next.call(sending);
    expect([sending.sent, sending.failures]).toEqual([1, [new Error('disk I/O error')]]);
  });

  it.each<[string, (of: Sending) => void]>([
    ['that was accepted already', (of) => (of.invitation = { status: 'open', sending: sent })],
    [
      'of which a later attempt waits',
      (of) => (of.invitation = { status: 'open', sending: { ...waiting, attempt: 2 } }),
    ],
    [
      'that is to be tried later',
      (of) => (of.invitation = { status: 'open', sending: failed('2026-11-21T09:00:00.001Z') }),
    ],
    ['that failed for good', (of) => (of.invitation = { status: 'open', sending: failed(null) })],
    ['that was withdrawn', (of) => (of.invitation = { status: 'withdrawn', sending: waiting })],
    ['whose session has ended', (of) => (of.session = { status: 'ended' })],
  ])('asks the session itself first, and sends none %s', async (_, change) => {
    await begin(change);
    await sending.sender.close();
    expect([sending.sent, sending.noted]).toEqual([0, []]);
  });

  it.each([...retryAfterSeconds.entries(), [retryAfterSeconds.length, null] as const])(
    'after failure %i for now tries again in %p seconds',
    async (failures, seconds) => {
      const noted = begin((of) => (of.outcome = { ok: false, reason: 'timedOut', again: true }), failures);
      await noted;
      await sending.sender.close();
      const at = seconds === null ? null : new Date(now.getTime() + seconds * 1000).toISOString();
      expect(sending.noted.map(({ payload }) => payload.retryAt)).toEqual([at]);
    },
  );

  it('does not try again what was refused for good', async () => {
    await begin((of) => (of.outcome = { ok: false, reason: 'recipientRefused', again: false }));
    await sending.sender.close();
    expect(sending.noted.map(({ payload }) => payload.retryAt)).toEqual([null]);
  });
});

const sent: Invitation['sending'] = { status: 'sent', attempt: 1, at: row.dueAt };

function failed(retryAt: string | null): Invitation['sending'] {
  return { status: 'failed', attempt: 1, at: row.dueAt, reason: 'timedOut', serverReply: null, retryAt };
}
