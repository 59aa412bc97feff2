import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { SupportSession } from '@deskside/domain';
import { AccessJournal } from '../access/access-journal';
import type { CustomerCaller, StaffCaller } from '../command-path/caller';
import type { Handled } from '../command-path/command-path';
import { isCommandId } from '../command-path/command-id';
import { derivedId } from '../command-path/derived-id';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import { Door, seenFromOutside } from '../joining/door';
import type { DoorKey, FoundSession, Visitor } from '../joining/door';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';
import { tokenHash } from '../sign-in/secret-token';
import { Sessions } from '../support-session/sessions';

/** "I did not ask for help." Known: by whoever is in the session; a key: by whoever stands in front of its door. */
export class ReportSession extends Command<Outcome<ReportReceived>> {
  constructor(
    readonly commandId: string,
    readonly by: CustomerCaller | DoorKey,
    readonly from: Visitor,
  ) {
    super();
  }
}

export interface ReportReceived {
  readonly ended: boolean;
}

const answered = 'session-report';
const answerKeptMinutes = 60;

@CommandHandler(ReportSession)
export class ReportSessionHandler implements ICommandHandler<ReportSession> {
  constructor(
    private readonly door: Door,
    private readonly sessions: Sessions,
    @Inject(NODE) private readonly node: Pick<DesksideNode, 'vault' | 'clock'>,
  ) {}

  async execute(command: ReportSession): Promise<Outcome<ReportReceived>> {
    const { commandId, by, from } = command;
    if (!isCommandId(commandId)) return refused('COMMAND_ID_INVALID');
    if (by.kind === 'customer') return this.#fromInside(by, commandId);
    const before = await this.node.vault.get(answered, tokenHash(commandId), this.node.clock.now());
    if (before !== null) return done(before.value as ReportReceived);
    const outcome = await this.door.open(by, from.address, (found) => this.#fromOutside(command, by, found));
    if (outcome.ok) await this.#keepAnswer(commandId, outcome.value);
    return outcome;
  }

  /** A report ends the session and with it its number: only this tells a page whose answer was lost that it has arrived. */
  async #keepAnswer(commandId: string, value: ReportReceived): Promise<void> {
    const { vault, clock } = this.node;
    const expiresAt = new Date(clock.now().getTime() + answerKeptMinutes * 60_000);
    await vault.put({ kind: answered, id: tokenHash(commandId), owner: 'site', value, expiresAt });
  }

  async #fromInside(caller: CustomerCaller, commandId: string): Promise<Outcome<ReportReceived>> {
    const { sessionId, participantId } = caller;
    const payload = { via: 'participant', participantId } as const;
    return received(await this.sessions.handle({ sessionId, caller, commandId }, { type: 'ReportSession', payload }));
  }

  async #fromOutside(
    { commandId, from }: ReportSession,
    key: DoorKey,
    { sessionId, invitation }: FoundSession,
  ): Promise<Outcome<ReportReceived>> {
    // Nobody knows who he is: the ids only keep a report that is sent twice one report.
    const customerId = derivedId('reporter', sessionId, commandId);
    const { correlationId } = from;
    const caller: CustomerCaller = {
      ...{ kind: 'customer', customerId, sessionId, correlationId },
      participantId: customerId,
    };
    const via =
      invitation === null ? { via: 'number' as const } : { via: 'invitation' as const, invitationId: invitation.id };
    const outcome = await this.sessions.handle(
      { sessionId, caller, commandId: derivedId('report', customerId) },
      { type: 'ReportSession', payload: { ...via, participantId: null } },
    );
    return outcome.ok ? received(outcome) : seenFromOutside(outcome, key);
  }
}

function received(outcome: Outcome<Handled<unknown>>): Outcome<ReportReceived> {
  return outcome.ok ? done({ ended: (outcome.value.state as SupportSession).status === 'ended' }) : outcome;
}

/** An administrator or supervisor has looked at a reported session. */
export class ReviewSessionReport extends Command<Outcome<Handled<unknown>>> {
  constructor(
    readonly caller: StaffCaller,
    readonly commandId: string,
    readonly sessionId: string,
  ) {
    super();
  }
}

@CommandHandler(ReviewSessionReport)
export class ReviewSessionReportHandler implements ICommandHandler<ReviewSessionReport> {
  constructor(
    private readonly journal: AccessJournal,
    private readonly sessions: Sessions,
  ) {}

  async execute(command: ReviewSessionReport): Promise<Outcome<Handled<unknown>>> {
    const { caller } = command;
    const denied = await this.journal.authorise(caller, 'alert.review', 'ReviewSessionReport');
    const payload = { by: caller.accountId };
    return denied ?? this.sessions.handle(command, { type: 'ReviewSessionReport', payload });
  }
}
