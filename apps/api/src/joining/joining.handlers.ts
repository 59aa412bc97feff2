import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { isInSession, parseName, parseSessionNumber, UnsealedText } from '@deskside/domain';
import type { KnownSession, RefusalCode } from '@deskside/domain';
import { AccessJournal } from '../access/access-journal';
import { Claims } from '../claims/claims';
import type { CustomerCaller, StaffCaller } from '../command-path/caller';
import type { Handled } from '../command-path/command-path';
import { isCommandId } from '../command-path/command-id';
import { derivedId } from '../command-path/derived-id';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import { Throttle } from '../sign-in/throttle';
import { Sessions } from '../support-session/sessions';
import { CustomerBearers } from './customer-bearers';
import type { CustomerPlace } from './customer-bearers';

export class JoinByNumber extends Command<Outcome<Admission>> {
  constructor(
    readonly commandId: string,
    readonly number: string,
    readonly name: string,
    readonly address: string,
    readonly correlationId: string,
  ) {
    super();
  }
}

/** A place in the session, or in front of its door: the session's own events tell which. */
export interface Admission extends CustomerPlace {
  readonly number: string;
}

@CommandHandler(JoinByNumber)
export class JoinByNumberHandler implements ICommandHandler<JoinByNumber> {
  readonly #throttle = new Throttle('session-number');

  constructor(
    private readonly journal: AccessJournal,
    private readonly claims: Claims,
    private readonly sessions: Sessions,
  ) {}

  async execute(command: JoinByNumber): Promise<Outcome<Admission>> {
    const parsed = parseName(command.name);
    if (!parsed.ok) return parsed;
    if (!isCommandId(command.commandId)) return refused('COMMAND_ID_INVALID');
    const keys = [`address ${command.address}`];
    const admitted = await this.#throttle.admit(keys);
    const joined = admitted.ok ? await this.#join(command, parsed.name) : admitted;
    if (joined.ok) await this.#throttle.succeeded(keys);
    else if (guessed(joined.refusal.code)) this.journal.countUnauthenticated('sessionNumber');
    return joined;
  }

  /** Unknown, lapsed and ended numbers give one identical answer. */
  async #join({ commandId, number: typed, correlationId }: JoinByNumber, name: string): Promise<Outcome<Admission>> {
    const number = parseSessionNumber(typed);
    const holder = number === null ? null : await this.claims.holder('sessionNumber', number);
    if (number === null || holder === null) return refused('SESSION_NUMBER_UNKNOWN');
    const sessionId = holder.replace(/^supportSession-/, '');
    // The id that a browser made stays out of the log: whoever knew it could ask for this place again.
    const customerId = derivedId('customer', sessionId, commandId);
    const participantId = derivedId('participant', sessionId, customerId);
    const caller: CustomerCaller = { kind: 'customer', customerId, participantId, sessionId, correlationId };
    const outcome = await this.sessions.handle(
      { sessionId, caller, commandId: derivedId('join', customerId) },
      {
        type: 'JoinByNumber',
        payload: {
          participantId,
          customerId,
          name: new UnsealedText(name, { subject: `customer-${customerId}`, class: 'identity' }),
        },
      },
    );
    if (!outcome.ok) return outcome.refusal.code === 'SESSION_ENDED' ? refused('SESSION_NUMBER_UNKNOWN') : outcome;
    // A repeated command is answered from the log; whoever has gone since gets no new key by it.
    const over = whyOver(await this.sessions.find(sessionId), participantId);
    return over === null ? done({ sessionId, participantId, customerId, number }) : refused(over);
  }
}

function whyOver(session: KnownSession | null, participantId: string): RefusalCode | null {
  const participant = session?.participants[participantId];
  if (participant !== undefined) return isInSession(participant) ? null : 'NOT_A_PARTICIPANT';
  return session?.waiting[participantId]?.answer === 'waiting' ? null : 'JOIN_REFUSED';
}

function guessed(code: string): boolean {
  return code === 'SESSION_NUMBER_UNKNOWN' || code === 'TOO_MANY_TRIES';
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
