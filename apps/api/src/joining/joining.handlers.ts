import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { isInSession, parseName, UnsealedText } from '@deskside/domain';
import type { Invitation, KnownSession, RefusalCode } from '@deskside/domain';
import { AccessJournal } from '../access/access-journal';
import type { CustomerCaller, StaffCaller } from '../command-path/caller';
import type { Handled } from '../command-path/command-path';
import { isCommandId } from '../command-path/command-id';
import { derivedId } from '../command-path/derived-id';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import { Invitations } from '../invitation/invitations';
import { sentence } from '../invitation/texts';
import { Sessions } from '../support-session/sessions';
import { CustomerBearers } from './customer-bearers';
import type { CustomerPlace } from './customer-bearers';
import { Door, seenFromOutside } from './door';
import type { DoorKey, FoundSession, Visitor } from './door';

/** Comes in by the number, or by the secret of a link. */
export class JoinSession extends Command<Outcome<Admission>> {
  constructor(
    readonly commandId: string,
    readonly key: DoorKey,
    readonly name: string,
    readonly from: Visitor,
  ) {
    super();
  }
}

/** A place in the session, or in front of its door: the session's own events tell which. */
export interface Admission extends CustomerPlace {
  readonly number: string;
}

@CommandHandler(JoinSession)
export class JoinSessionHandler implements ICommandHandler<JoinSession> {
  constructor(
    private readonly door: Door,
    private readonly sessions: Sessions,
    private readonly invitations: Invitations,
  ) {}

  async execute(command: JoinSession): Promise<Outcome<Admission>> {
    const { commandId, key, from } = command;
    const name = parseTypedName(key, command.name);
    if (!name.ok) return name;
    if (!isCommandId(commandId)) return refused('COMMAND_ID_INVALID');
    return this.door.open(key, from.address, (found) => this.#join(command, found, name.value));
  }

  async #join({ commandId, key, from }: JoinSession, found: FoundSession, typed: string): Promise<Outcome<Admission>> {
    const { sessionId, session, invitation } = found;
    const name = typed === '' ? await this.#nameIn(invitation) : typed;
    // The id that a browser made stays out of the log: whoever knew it could ask for this place again.
    const customerId = derivedId('customer', sessionId, commandId);
    const participantId = derivedId('participant', sessionId, customerId);
    const { correlationId } = from;
    const caller: CustomerCaller = { kind: 'customer', customerId, participantId, sessionId, correlationId };
    const identity = { subject: `customer-${customerId}`, class: 'identity' } as const;
    const newcomer = { participantId, customerId, name: new UnsealedText(name, identity) };
    const outcome = await this.sessions.handle(
      { sessionId, caller, commandId: derivedId('join', customerId) },
      invitation === null
        ? { type: 'JoinByNumber', payload: newcomer }
        : { type: 'JoinByInvitation', payload: { ...newcomer, invitationId: invitation.id } },
    );
    if (!outcome.ok) return seenFromOutside(outcome, key);
    // A repeated command is answered from the log; whoever has gone since gets no new key by it.
    const over = whyOver(await this.sessions.find(sessionId), participantId);
    const number = session.number ?? '';
    return over === null ? done({ sessionId, participantId, customerId, number }) : refused(over);
  }

  /** As whom the invitation was made out; else the word for "customer" in its language. */
  async #nameIn(invitation: Invitation | null): Promise<string> {
    const name = await this.invitations.text(invitation?.customerName);
    return name ?? sentence(invitation?.locale ?? 'en', 'customer');
  }
}

/** By a link nobody has to type his name. */
function parseTypedName(key: DoorKey, typed: string): Outcome<string> {
  if (key.kind === 'link' && typed.trim() === '') return done('');
  const parsed = parseName(typed);
  return parsed.ok ? done(parsed.name) : parsed;
}

function whyOver(session: KnownSession | null, participantId: string): RefusalCode | null {
  const participant = session?.participants[participantId];
  if (participant !== undefined) return isInSession(participant) ? null : 'NOT_A_PARTICIPANT';
  return session?.waiting[participantId]?.answer === 'waiting' ? null : 'JOIN_REFUSED';
}

export class AnswerJoinRequest extends Command<Outcome<Handled<unknown>>> {
  constructor(
    readonly caller: StaffCaller,
    readonly commandId: string,
    readonly sessionId: string,
    readonly participantId: string,
    readonly answer: 'AdmitToSession' | 'RefuseAdmission',
  ) {
    super();
  }
}

@CommandHandler(AnswerJoinRequest)
export class AnswerJoinRequestHandler implements ICommandHandler<AnswerJoinRequest> {
  constructor(
    private readonly journal: AccessJournal,
    private readonly sessions: Sessions,
  ) {}

  async execute(command: AnswerJoinRequest): Promise<Outcome<Handled<unknown>>> {
    const denied = await this.journal.authorise(command.caller, 'session.serve', command.answer);
    const { participantId, answer: type } = command;
    return denied ?? this.sessions.handleAsRepresentative(command, (by) => ({ type, payload: { participantId, by } }));
  }
}

export class RemoveParticipant extends Command<Outcome<Handled<unknown>>> {
  constructor(
    readonly caller: StaffCaller,
    readonly commandId: string,
    readonly sessionId: string,
    readonly participantId: string,
  ) {
    super();
  }
}

@CommandHandler(RemoveParticipant)
export class RemoveParticipantHandler implements ICommandHandler<RemoveParticipant> {
  constructor(
    private readonly journal: AccessJournal,
    private readonly sessions: Sessions,
    private readonly bearers: CustomerBearers,
  ) {}

  async execute(command: RemoveParticipant): Promise<Outcome<Handled<unknown>>> {
    const denied = await this.journal.authorise(command.caller, 'session.serve', 'RemoveParticipant');
    if (denied) return denied;
    const { participantId } = command;
    const outcome = await this.sessions.handleAsRepresentative(command, (by) => ({
      type: 'RemoveParticipant',
      payload: { participantId, by },
    }));
    const removed = outcome.ok ? (await this.sessions.find(command.sessionId))?.participants[participantId] : undefined;
    if (removed !== undefined) await this.bearers.end(removed.personId);
    return outcome;
  }
}

export class LeaveSession extends Command<Outcome<Handled<unknown>>> {
  constructor(
    readonly caller: CustomerCaller,
    readonly commandId: string,
    readonly act: 'LeaveSession' | 'WithdrawJoinRequest',
  ) {
    super();
  }
}

@CommandHandler(LeaveSession)
export class LeaveSessionHandler implements ICommandHandler<LeaveSession> {
  constructor(
    private readonly sessions: Sessions,
    private readonly bearers: CustomerBearers,
  ) {}

  async execute({ caller, commandId, act }: LeaveSession): Promise<Outcome<Handled<unknown>>> {
    const { sessionId, participantId } = caller;
    const outcome = await this.sessions.handle(
      { sessionId, caller, commandId },
      { type: act, payload: { participantId } },
    );
    if (outcome.ok) await this.bearers.end(caller.customerId);
    return outcome;
  }
}
