import { randomInt } from 'node:crypto';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { parseSubject, parseTicket, sessionNumberLifetimeMinutes, UnsealedText } from '@deskside/domain';
import type { StreamName } from '@deskside/event-store';
import { Inject } from '@nestjs/common';
import { AccessJournal } from '../access/access-journal';
import { Claims } from '../claims/claims';
import { CLOCK } from '../clock/clock';
import type { Clock } from '../clock/clock';
import type { StaffCaller } from '../command-path/caller';
import type { Handled } from '../command-path/command-path';
import { isCommandId } from '../command-path/command-id';
import { derivedId, streamOf } from '../command-path/derived-id';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import { PeopleNames } from '../accounts/people-names';
import { Sessions } from './sessions';

export class StartOutboundSession extends Command<Outcome<StartedSession>> {
  constructor(
    readonly caller: StaffCaller,
    readonly commandId: string,
    readonly subject: string | null,
    readonly ticket: string | null,
  ) {
    super();
  }
}

export interface StartedSession {
  readonly sessionId: string;
  readonly participantId: string;
  readonly number: string;
  readonly numberExpiresAt: string;
  readonly position: string;
}

/** Of ten random numbers one is free as long as fewer than half a billion sessions are open. */
const numbersTried = 10;

@CommandHandler(StartOutboundSession)
export class StartOutboundSessionHandler implements ICommandHandler<StartOutboundSession> {
  constructor(
    private readonly journal: AccessJournal,
    private readonly sessions: Sessions,
    private readonly claims: Claims,
    private readonly names: PeopleNames,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(command: StartOutboundSession): Promise<Outcome<StartedSession>> {
    const { caller, commandId } = command;
    const denied = await this.journal.authorise(caller, 'session.start', 'StartOutboundSession');
    if (denied) return denied;
    const texts = parseTexts(command);
    if (!texts.ok) return texts;
    if (!isCommandId(commandId)) return refused('COMMAND_ID_INVALID');
    const sessionId = derivedId('session', caller.accountId, commandId);
    const number = await this.#numberFor(sessionId, command);
    if (!number.ok) return number;
    const expires = new Date(this.clock.now().getTime() + sessionNumberLifetimeMinutes * 60_000);
    const outcome = await this.sessions.handle(
      { sessionId, caller, commandId, sessionRole: 'primaryRepresentative' },
      {
        type: 'StartOutboundSession',
        payload: {
          number: number.value,
          numberExpiresAt: expires.toISOString(),
          representative: {
            participantId: derivedId('participant', sessionId, caller.accountId),
            id: caller.accountId,
            name: this.names.forNewEvent(caller.accountId),
          },
          ...sealable(texts.value, streamOf('supportSession', sessionId)),
        },
      },
    );
    return outcome.ok ? this.#answer(sessionId, outcome.value, caller) : outcome;
  }

  /** A number that no open session has; a repeated command finds the one that its session has already. */
  async #numberFor(sessionId: string, { caller, commandId }: StartOutboundSession): Promise<Outcome<string>> {
    const existing = await this.sessions.find(sessionId);
    if (existing?.number) return done(existing.number);
    const claimant = streamOf('supportSession', sessionId);
    for (let tries = 0; tries < numbersTried; tries++) {
      const value = String(randomInt(100_000_000, 1_000_000_000));
      const taken = await this.claims.take({ kind: 'sessionNumber', value, claimant, caller, commandId });
      if (taken.ok) return done(value);
      if (taken.refusal.code !== 'SESSION_NUMBERS_EXHAUSTED') return taken;
    }
    return refused('SESSION_NUMBERS_EXHAUSTED');
  }

  async #answer(
    sessionId: string,
    { position }: Handled<unknown>,
    caller: StaffCaller,
  ): Promise<Outcome<StartedSession>> {
    const session = await this.sessions.find(sessionId);
    if (!session?.number || !session.numberExpiresAt) throw new Error('A session was started without a number.');
    const participantId = derivedId('participant', sessionId, caller.accountId);
    return done({
      sessionId,
      participantId,
      number: session.number,
      numberExpiresAt: session.numberExpiresAt,
      position,
    });
  }
}

interface Texts {
  readonly subject: string | null;
  readonly ticket: string | null;
}

function parseTexts({ subject, ticket }: Texts): Outcome<Texts> {
  const parsedSubject = parseSubject(subject ?? '');
  if (!parsedSubject.ok) return parsedSubject;
  const parsedTicket = parseTicket(ticket ?? '');
  if (!parsedTicket.ok) return parsedTicket;
  return done({ subject: parsedSubject.subject, ticket: parsedTicket.ticket });
}

function sealable({ subject, ticket }: Texts, stream: StreamName): { subject?: UnsealedText; ticket?: UnsealedText } {
  const owner = { subject: stream, class: 'content' } as const;
  return {
    ...(subject === null ? {} : { subject: new UnsealedText(subject, owner) }),
    ...(ticket === null ? {} : { ticket: new UnsealedText(ticket, owner) }),
  };
}

export class EndSession extends Command<Outcome<Handled<unknown>>> {
  constructor(
    readonly caller: StaffCaller,
    readonly commandId: string,
    readonly sessionId: string,
  ) {
    super();
  }
}

@CommandHandler(EndSession)
export class EndSessionHandler implements ICommandHandler<EndSession> {
  constructor(
    private readonly journal: AccessJournal,
    private readonly sessions: Sessions,
  ) {}

  async execute(command: EndSession): Promise<Outcome<Handled<unknown>>> {
    const denied = await this.journal.authorise(command.caller, 'session.serve', 'EndSession');
    return denied ?? this.sessions.handleAsRepresentative(command, (by) => ({ type: 'EndSession', payload: { by } }));
  }
}
