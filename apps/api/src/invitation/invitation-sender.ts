import { randomUUID } from 'node:crypto';
import type { Invitation, KnownSession } from '@deskside/domain';
import { UnsealedText } from '@deskside/domain';
import type { Mail, MailOutcome } from '@deskside/mail';
import type { OutgoingMailRow, ReadModels } from '@deskside/projections';
import type { Clock } from '../clock/clock';
import type { Caller } from '../command-path/caller';
import { derivedId, streamOf } from '../command-path/derived-id';
import { answer } from '../command-path/outcome';
import type { Sessions } from '../support-session/sessions';
import { invitationHtml, invitationText } from './invitation-text';
import type { Invitations } from './invitations';

/** A slow server holds up this many, and no more. */
const atOnce = 5;
/** Looked at again at the latest after this, in case the clock was set; in milliseconds. */
const longestSleep = 60_000;
/** What could not be written down (a full disk) is tried again after this. */
const shortRest = 2000;
/** When a mail that failed for now is tried again, in seconds after each failure; after the last one it has failed for good. */
export const retryAfterSeconds = [5, 30, 120, 600] as const;

interface Parts {
  readonly readModels: ReadModels;
  readonly sessions: Sessions;
  readonly invitations: Invitations;
  readonly mail: Mail;
  readonly clock: Clock;
  readonly bootId: string;
  readonly onFailure: (error: unknown) => void;
}

/**
 * Sends the invitations that go by e-mail. Its work list is a read model, so no mail is lost with the process; before it
 * sends, the session itself says whether the mail is still wanted, and what became of it is an event with an id made from
 * its cause. A mail goes out twice only if the process dies after the mail server took it over and before that stands in
 * the log, and then with the same Message-ID.
 */
export class InvitationSender {
  readonly #caller: Caller;
  readonly #busy = new Map<string, Promise<void>>();
  /** What the mail server said, until it stands in the log: a mail that was taken over is not sent again for a full disk. */
  readonly #unwritten = new Map<string, MailOutcome>();
  #origin: () => string = () => '';
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #stopWatching: () => void = () => undefined;

  constructor(private readonly parts: Parts) {
    this.#caller = { kind: 'system', id: parts.bootId, correlationId: randomUUID() };
  }

  /** @param origin of the customer's page, for the links */
  start(origin: () => string): void {
    this.#origin = origin;
    this.#stopWatching = this.parts.readModels.onChange('outgoing-mail', () => this.#look());
    this.#look();
  }

  /** Waits for what is being sent: a mail that the server has taken over is to stand in the log. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopWatching();
    clearTimeout(this.#timer);
    await Promise.all(this.#busy.values());
  }

  #look(): void {
    if (this.#closed) return;
    try {
      this.#lookAgainIn(this.#beginDue());
    } catch (error) {
      // A read model that cannot be read now (a full or busy disk) must not take the process with it.
      this.parts.onFailure(error);
      this.#lookAgainIn(shortRest);
    }
  }

  /** @returns milliseconds until the next one is due */
  #beginDue(): number {
    const { outgoingMail } = this.parts.readModels;
    const now = this.parts.clock.now();
    for (const row of outgoingMail.due(now.toISOString(), this.#busy.size + atOnce)) this.#begin(row);
    const next = outgoingMail.nextDueAfter(now.toISOString());
    return next === null ? longestSleep : Date.parse(next) - now.getTime();
  }

  #lookAgainIn(milliseconds: number): void {
    clearTimeout(this.#timer);
    if (!this.#closed) this.#timer = setTimeout(() => this.#look(), Math.min(longestSleep, milliseconds)).unref();
  }

  #begin(row: OutgoingMailRow): void {
    if (this.#busy.has(row.invitationId) || this.#busy.size >= atOnce) return;
    const work = this.#work(row)
      .catch(this.parts.onFailure)
      .finally(() => {
        this.#busy.delete(row.invitationId);
        this.#lookAgainIn(shortRest);
      });
    this.#busy.set(row.invitationId, work);
  }

  async #work(row: OutgoingMailRow): Promise<void> {
    const session = await this.parts.sessions.find(row.sessionId);
    const invitation = session?.invitations[row.invitationId];
    if (session === null || invitation === undefined || !this.#isWanted(session, invitation, row)) return;
    const cause = causeOf(invitation, row);
    const outcome = this.#unwritten.get(cause) ?? (await this.#send(row, session, invitation));
    if (outcome === null) return;
    this.#unwritten.set(cause, outcome);
    await this.#note(row, outcome, cause);
    this.#unwritten.delete(cause);
  }

  /** The read model can be behind; the session's own events are not. */
  #isWanted({ status }: KnownSession, { sending, status: link }: Invitation, { attempt }: OutgoingMailRow): boolean {
    if (status === 'ended' || link !== 'open' || sending.status === 'none' || sending.attempt !== attempt) return false;
    if (sending.status === 'waiting') return true;
    const now = this.parts.clock.now().toISOString();
    return sending.status === 'failed' && sending.retryAt !== null && sending.retryAt <= now;
  }

  /** Null when there is nobody to send to any more. */
  async #send(row: OutgoingMailRow, session: KnownSession, invitation: Invitation): Promise<MailOutcome | null> {
    const { invitations, mail } = this.parts;
    const { sessionId, invitationId, attempt } = row;
    const to = await invitations.recipientOf(invitation);
    if (to === null) return null;
    const facts = await invitations.factsOf(sessionId, session, invitation, this.#origin());
    const { subject, text } = invitationText(facts);
    return mail.send({
      ...{ id: `${invitationId}.${attempt}`, owner: streamOf('supportSession', sessionId), to },
      ...{ subject, text, html: invitationHtml(facts), locale: facts.locale },
    });
  }

  async #note(row: OutgoingMailRow, outcome: MailOutcome, cause: string): Promise<void> {
    const { sessionId, invitationId, attempt } = row;
    const about = { sessionId, caller: this.#caller, commandId: derivedId('invitation-mail', cause) };
    const { sessions } = this.parts;
    if (outcome.ok) {
      answer(await sessions.handle(about, { type: 'NoteInvitationSent', payload: { invitationId, attempt } }));
      return;
    }
    const { reason, serverReply, again } = outcome;
    const owner = { subject: streamOf('supportSession', sessionId), class: 'content' } as const;
    const reply = serverReply === undefined ? {} : { serverReply: new UnsealedText(serverReply, owner) };
    const payload = { invitationId, attempt, reason, ...reply, retryAt: again ? this.#retryAt(row) : null };
    answer(await sessions.handle(about, { type: 'NoteInvitationFailed', payload }));
  }

  #retryAt({ failures }: OutgoingMailRow): string | null {
    const seconds = retryAfterSeconds[failures];
    return seconds === undefined ? null : new Date(this.parts.clock.now().getTime() + seconds * 1000).toISOString();
  }
}

/** One try: the first of an attempt, or the one that was promised for a certain time. */
function causeOf({ sending }: Invitation, { invitationId, attempt }: OutgoingMailRow): string {
  const promised = sending.status === 'failed' ? sending.retryAt : null;
  return `${invitationId} ${attempt} ${promised ?? 'first'}`;
}
