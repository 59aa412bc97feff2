import type { Actor, PersonalClass, SealedText, UnsealedText } from '@deskside/domain';
import { helpOf } from './sample-help';
import { SampleRandom } from './sample-random';

/** An event before it has a place in a log. */
export interface SampleEvent {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly occurredAt: string;
  readonly actor: Actor;
  readonly payload: unknown;
}

/** Where a text will stand, so that it can be sealed for its place. */
export interface TextToSeal {
  readonly text: string;
  readonly subject: string;
  readonly class: PersonalClass;
  readonly eventId: string;
  readonly path: string;
  readonly ownKey?: boolean;
}
/** Seals at once, or leaves it to the one that writes the events. */
export type SealSample = (text: TextToSeal) => SealedText | UnsealedText;

export interface SampleOptions {
  readonly sessions: number;
  readonly seed: number;
  readonly seal: SealSample;
  /** Sessions that go on at the same time. */
  readonly atOnce?: number;
}

type Draft = Omit<SampleEvent, 'occurredAt'>;

const given = ['Đorđe', 'Ana', 'Петар', '怡君', 'Milica', 'Οδυσσεύς', 'Joséphine', '美玲', 'Jovan', 'Łukasz'];
const family = ['Петровић', 'Jovanović', '陳', 'Đukić', 'O’Brien', 'Weiß', 'Nikolić', '林', 'Müller', 'Šćepanović'];
const system: Actor = { kind: 'system', id: 'deskside' };

/** A plausible site from its first event on: accounts, sessions that overlap, refusals, searches, erasures. Same seed, same history. */
export class SampleHistory {
  readonly #random: SampleRandom;
  readonly #options: SampleOptions;
  readonly #accounts: string[] = [];
  #clock = Date.parse('2026-01-05T08:00:00.000Z');

  constructor(options: SampleOptions) {
    this.#options = options;
    this.#random = new SampleRandom(options.seed);
  }

  *events(): Generator<SampleEvent> {
    for (const draft of this.#site()) yield this.#dated(draft);
    const { sessions, atOnce = 8 } = this.#options;
    const running: Draft[][] = [];
    for (let index = 0; index < sessions; index += 1) {
      running.push(this.#session(index));
      if (running.length === atOnce) yield* this.#mixed(running, atOnce - 1);
    }
    yield* this.#mixed(running, 0);
  }

  /** Goes on with whichever session comes up, until no more than `left` of them go on. */
  *#mixed(running: Draft[][], left: number): Generator<SampleEvent> {
    while (running.length > left) {
      const chosen = this.#random.below(running.length);
      const next = running[chosen]?.shift();
      if (next === undefined) running.splice(chosen, 1);
      else yield this.#dated(next);
    }
  }

  #dated(draft: Draft): SampleEvent {
    this.#clock += this.#random.below(900);
    return { ...draft, occurredAt: new Date(this.#clock).toISOString() };
  }

  #draft(stream: string, type: string, payload: unknown, actor: Actor = system): Draft {
    return { id: this.#random.uuid(), stream, type, payload, actor };
  }

  #withText(draft: Draft, path: string, text: Omit<TextToSeal, 'eventId' | 'path'>): Draft {
    const sealed = this.#options.seal({ ...text, eventId: draft.id, path });
    return { ...draft, payload: { ...(draft.payload as object), [path]: sealed } };
  }

  #site(): Draft[] {
    const settings = { name: 'Deskside', privacyNotice: '', defaultLocale: 'en' };
    const drafts = [this.#draft('site', 'SiteCreated', { siteId: this.#random.uuid(), settings })];
    for (let n = 0; n < 6; n += 1) drafts.push(...this.#account(n));
    drafts.push(this.#draft('site', 'SiteSettingsChanged', { settings: { name: 'Pomoć' } }));
    return drafts;
  }

  #account(n: number): Draft[] {
    const id = this.#random.uuid();
    this.#accounts.push(id);
    const stream = `representative-${id}`;
    const actor: Actor = { kind: 'representative', id };
    const claimed = { kind: 'email', claimant: stream, confirmBy: new Date(this.#clock + 60_000).toISOString() };
    const roles = n === 0 ? ['administrator', 'auditor'] : ['representative'];
    const subject = { subject: stream, class: 'identity' } as const;
    let created = this.#draft(stream, 'AccountCreated', { representativeId: id, roles, origin: 'invitation' });
    created = this.#withText(created, 'name', { ...subject, text: this.#name() });
    created = this.#withText(created, 'email', { ...subject, text: `csr${n}@example.org` });
    const expiresAt = new Date(this.#clock + 86_400_000).toISOString();
    return [
      this.#draft(`claim-email-${this.#random.hex(32)}`, 'ValueClaimed', claimed),
      created,
      this.#draft(stream, 'AccountLinkIssued', { purpose: 'invitation', expiresAt }),
      ...(n === 5 ? [this.#draft(stream, 'AccountDisabled', {})] : this.#signedIn(stream, actor)),
    ];
  }

  #signedIn(stream: string, actor: Actor): Draft[] {
    return [
      this.#draft(stream, 'PasswordChanged', { how: 'link' }, actor),
      this.#draft(stream, 'SignedIn', { signInId: this.#random.uuid() }, actor),
      this.#draft(stream, 'RolesGranted', { roles: ['supervisor'] }),
      this.#draft(stream, 'RolesWithdrawn', { roles: ['supervisor'] }),
    ];
  }

  #name(): string {
    return `${this.#random.one(given)} ${this.#random.one(family)}`;
  }

  #session(index: number): Draft[] {
    const id = this.#random.uuid();
    const stream = `supportSession-${id}`;
    const claim = `claim-sessionNumber-${this.#random.hex(32)}`;
    const representativeId = this.#accounts[index % 5] ?? this.#random.uuid();
    const confirmBy = new Date(this.#clock + 60_000).toISOString();
    const drafts = [this.#draft(claim, 'ValueClaimed', { kind: 'sessionNumber', claimant: stream, confirmBy })];
    if (index % 40 === 39) {
      drafts.push(this.#draft(claim, 'ValueReleased', { claimant: stream, reason: 'orphaned' }));
      return drafts;
    }
    drafts.push(...this.#started(stream, representativeId));
    drafts.push(...this.#invited(stream, index));
    const customer = index % 15 === 14 ? null : this.#joined(drafts, stream, 'primaryCustomer');
    if (customer !== null) {
      this.#talk(drafts, stream, customer);
      this.#help(drafts, stream, { index, accountId: representativeId, customer: customer.participantId });
    }
    const goesOn = this.#options.sessions - index <= 5;
    if (index % 6 === 5) drafts.push(this.#draft(stream, 'SessionReported', { via: 'number', participantId: null }));
    if (index % 12 === 11) drafts.push(this.#draft(stream, 'SessionReportReviewed', { by: representativeId }));
    return goesOn ? drafts : [...drafts, ...this.#ended({ id, claim, index, customer })];
  }

  #ended(session: { id: string; claim: string; index: number; customer: { customerId: string } | null }): Draft[] {
    const { id, claim, index, customer } = session;
    const stream = `supportSession-${id}`;
    const reason = customer === null ? 'numberLapsed' : 'endedByRepresentative';
    const drafts = [
      this.#draft(stream, 'SessionEnded', { reason, by: null }),
      this.#draft(claim, 'ValueReleased', { claimant: stream, reason: 'sessionEnded' }),
    ];
    if (index % 10 === 3) drafts.push(this.#draft('access-node1', 'SessionReplayed', { sessionId: id }));
    if (index % 12 === 7 && customer !== null) drafts.push(this.#erased(id, customer.customerId));
    return drafts;
  }

  #started(stream: string, representativeId: string): Draft[] {
    const number = String(100_000_000 + this.#random.below(900_000_000));
    const numberExpiresAt = new Date(this.#clock + 1_800_000).toISOString();
    const payload = { direction: 'outbound', number, numberExpiresAt, representativeId };
    const text = { text: 'Printer does not print', subject: stream, class: 'content' } as const;
    const started = this.#withText(this.#draft(stream, 'SessionStarted', payload), 'subject', text);
    const joined = this.#draft(stream, 'ParticipantJoined', {
      participantId: this.#random.uuid(),
      role: 'primaryRepresentative',
      personId: representativeId,
    });
    const subject = `representative-${representativeId}`;
    return [started, this.#withText(joined, 'name', { text: this.#name(), subject, class: 'identity' })];
  }

  /** By e-mail, tried twice and taken over, or still waiting; every third goes out by telephone. */
  #invited(stream: string, index: number): Draft[] {
    const invitationId = this.#random.uuid();
    const channel = index % 3 === 2 ? 'phone' : 'email';
    const invited = this.#draft(stream, 'CustomerInvited', { invitationId, channel, locale: 'en', by: invitationId });
    if (channel === 'phone') return [invited];
    const retryAt = new Date(this.#clock + 5000).toISOString();
    const failed = { invitationId, attempt: 1, reason: 'serverUnreachable', retryAt };
    const drafts = [invited, this.#draft(stream, 'InvitationFailed', failed)];
    if (index % 2 === 0) drafts.push(this.#draft(stream, 'InvitationSent', { invitationId, attempt: 1 }));
    return drafts;
  }

  #joined(drafts: Draft[], stream: string, role: string): { participantId: string; customerId: string } {
    const participantId = this.#random.uuid();
    const customerId = this.#random.uuid();
    const text = { text: this.#name(), subject: `customer-${customerId}`, class: 'identity' } as const;
    if (role === 'secondaryCustomer') {
      const asked = this.#draft(stream, 'JoinRequested', { participantId, customerId });
      drafts.push(this.#withText(asked, 'name', text), this.#draft(stream, 'JoinAdmitted', { participantId }));
    }
    const joined = this.#draft(stream, 'ParticipantJoined', { participantId, role, personId: customerId });
    drafts.push(this.#withText(joined, 'name', text));
    return { participantId, customerId };
  }

  #talk(drafts: Draft[], stream: string, { participantId }: { participantId: string }): void {
    const lines = 6 + this.#random.below(10);
    for (let line = 0; line < lines; line += 1) {
      const messageId = this.#random.uuid();
      const aboutLine = { messageId, authorId: participantId, to: 'all' };
      const sent = this.#draft(stream, 'ChatMessageSent', aboutLine);
      const text = { text: `Line ${line} of what was said`, subject: stream, class: 'content', ownKey: true } as const;
      drafts.push(this.#withText(sent, 'text', text));
      if (line === 4) {
        const key = { subject: stream, class: 'content', item: line };
        drafts.push(this.#draft(stream, 'ChatMessageTakenBack', { ...aboutLine, key }));
      }
      if (line === 6) {
        drafts.push(this.#draft(stream, 'ParticipantDisconnected', { participantId }));
        drafts.push(this.#draft(stream, 'ParticipantReturned', { participantId }));
      }
    }
    if (lines % 3 === 0) this.#joined(drafts, stream, 'secondaryCustomer');
    if (lines % 4 === 0) drafts.push(this.#draft(stream, 'ParticipantLeft', { participantId }));
  }

  #help(drafts: Draft[], stream: string, of: { index: number; accountId: string; customer: string }): void {
    const joined = drafts.find(({ type }) => type === 'ParticipantJoined')?.payload as { participantId: string };
    const text = { text: 'Driver renewed', subject: stream, class: 'content', ownKey: true } as const;
    const write = (type: string, payload: object): Draft => {
      const draft = this.#draft(stream, type, payload);
      return type === 'NoteSaved' || type === 'ChatMessageSent' ? this.#withText(draft, 'text', text) : draft;
    };
    drafts.push(...helpOf(write, { ...of, csr: joined.participantId, uuid: () => this.#random.uuid() }));
  }

  #erased(sessionId: string, customerId: string): Draft {
    const keys = [
      { subject: `customer-${customerId}`, class: 'identity' },
      { subject: `supportSession-${sessionId}`, class: 'content' },
    ];
    return this.#draft('access-node1', 'PersonalDataErased', { customerId, sessionIds: [sessionId], keys });
  }
}
