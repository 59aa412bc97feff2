import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { parseEmail, parseName, parsePhone, UnsealedText } from '@deskside/domain';
import type { InvitationChannel, InvitationLocale } from '@deskside/domain';
import type { StreamName } from '@deskside/event-store';
import { AccessJournal } from '../access/access-journal';
import type { StaffCaller } from '../command-path/caller';
import type { Handled } from '../command-path/command-path';
import { streamOf } from '../command-path/derived-id';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import { isLocale } from '../site/locales';
import { Sessions } from '../support-session/sessions';

type SessionOutcome = Outcome<Handled<unknown>>;

/** Invites a customer; the invitation's id is the command id. */
export class InviteCustomer extends Command<SessionOutcome> {
  constructor(
    readonly caller: StaffCaller,
    readonly commandId: string,
    readonly sessionId: string,
    readonly invitation: {
      readonly channel: InvitationChannel;
      readonly recipient: string | null;
      readonly customerName: string | null;
      readonly locale: string;
    },
  ) {
    super();
  }
}

@CommandHandler(InviteCustomer)
export class InviteCustomerHandler implements ICommandHandler<InviteCustomer> {
  constructor(
    private readonly journal: AccessJournal,
    private readonly sessions: Sessions,
  ) {}

  async execute(command: InviteCustomer): Promise<SessionOutcome> {
    const { caller, commandId: invitationId, sessionId, invitation } = command;
    const denied = await this.journal.authorise(caller, 'session.serve', 'InviteCustomer');
    if (denied) return denied;
    const parsed = parseInvitation(invitation, streamOf('supportSession', sessionId));
    if (!parsed.ok) return parsed;
    return this.sessions.handleAsRepresentative(command, (by) => ({
      type: 'InviteCustomer',
      payload: { invitationId, by, ...parsed.value },
    }));
  }
}

interface ParsedInvitation {
  readonly channel: InvitationChannel;
  readonly locale: InvitationLocale;
  readonly recipient?: UnsealedText;
  readonly customerName?: UnsealedText;
}

function parseInvitation(
  { channel, locale, recipient, customerName }: InviteCustomer['invitation'],
  subject: StreamName,
): Outcome<ParsedInvitation> {
  if (!isLocale(locale)) return refused('LOCALE_UNKNOWN');
  const to = parseRecipient(channel, recipient ?? '');
  if (!to.ok) return to;
  const name = parseCustomerName(customerName ?? '');
  if (!name.ok) return name;
  const sealable = (text: string): UnsealedText => new UnsealedText(text, { subject, class: 'content' });
  return done({
    ...{ channel, locale },
    ...(to.value === null ? {} : { recipient: sealable(to.value) }),
    ...(name.value === null ? {} : { customerName: sealable(name.value) }),
  });
}

/** By telephone one may speak without writing the number down; an instant message goes its own way. */
function parseRecipient(channel: InvitationChannel, typed: string): Outcome<string | null> {
  if (channel === 'instantMessage' || (channel === 'phone' && typed.trim() === '')) return done(null);
  if (channel === 'phone') {
    const parsed = parsePhone(typed);
    return parsed.ok ? done(parsed.phone) : parsed;
  }
  const parsed = parseEmail(typed);
  return parsed.ok ? done(parsed.email) : parsed;
}

function parseCustomerName(typed: string): Outcome<string | null> {
  if (typed.trim() === '') return done(null);
  const parsed = parseName(typed);
  return parsed.ok ? done(parsed.name) : parsed;
}

export class ChangeInvitation extends Command<SessionOutcome> {
  constructor(
    readonly caller: StaffCaller,
    readonly commandId: string,
    readonly sessionId: string,
    readonly invitationId: string,
    readonly act: 'ResendInvitation' | 'WithdrawInvitation',
  ) {
    super();
  }
}

@CommandHandler(ChangeInvitation)
export class ChangeInvitationHandler implements ICommandHandler<ChangeInvitation> {
  constructor(
    private readonly journal: AccessJournal,
    private readonly sessions: Sessions,
  ) {}

  async execute(command: ChangeInvitation): Promise<SessionOutcome> {
    const { act: type, invitationId } = command;
    const denied = await this.journal.authorise(command.caller, 'session.serve', type);
    return denied ?? this.sessions.handleAsRepresentative(command, (by) => ({ type, payload: { invitationId, by } }));
  }
}
