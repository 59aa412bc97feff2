import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { accesses, capabilities, choiceFailures, surfaces } from '@deskside/domain';
import * as v from 'valibot';
import { AccessJournal } from '../access/access-journal';
import type { CustomerCaller, StaffCaller } from '../command-path/caller';
import type { Handled } from '../command-path/command-path';
import { inputId, readInput } from '../command-path/input';
import type { Outcome } from '../command-path/outcome';
import { Sessions } from '../support-session/sessions';

type SessionOutcome = Outcome<Handled<unknown>>;

/** A representative asks the customer for something. The request's id is the command's. */
export class RequestPermission extends Command<SessionOutcome> {
  constructor(
    readonly caller: StaffCaller,
    readonly commandId: string,
    readonly sessionId: string,
    readonly asked: { readonly capability: string; readonly access: string },
  ) {
    super();
  }
}

const asked = v.object({ capability: v.picklist(capabilities), access: v.picklist(accesses) });

@CommandHandler(RequestPermission)
export class RequestPermissionHandler implements ICommandHandler<RequestPermission> {
  constructor(
    private readonly journal: AccessJournal,
    private readonly sessions: Sessions,
  ) {}

  async execute(command: RequestPermission): Promise<SessionOutcome> {
    const denied = await this.journal.authorise(command.caller, 'session.serve', 'RequestPermission');
    if (denied) return denied;
    const input = readInput(asked, command.asked, 'request');
    if (!input.ok) return input;
    return this.sessions.handleAsRepresentative(command, (by) => ({
      type: 'RequestPermission',
      payload: { requestId: command.commandId, by, ...input.value },
    }));
  }
}

export class WithdrawRequest extends Command<SessionOutcome> {
  constructor(
    readonly caller: StaffCaller,
    readonly commandId: string,
    readonly sessionId: string,
    readonly requestId: string,
  ) {
    super();
  }
}

@CommandHandler(WithdrawRequest)
export class WithdrawRequestHandler implements ICommandHandler<WithdrawRequest> {
  constructor(
    private readonly journal: AccessJournal,
    private readonly sessions: Sessions,
  ) {}

  async execute(command: WithdrawRequest): Promise<SessionOutcome> {
    const denied = await this.journal.authorise(command.caller, 'session.serve', 'WithdrawRequest');
    if (denied) return denied;
    const input = readInput(inputId, command.requestId, 'requestId');
    if (!input.ok) return input;
    const requestId = input.value;
    return this.sessions.handleAsRepresentative(command, (by) => ({
      type: 'WithdrawRequest',
      payload: { requestId, by },
    }));
  }
}

/** What the owner does with a question, apart from choosing a surface. */
export class AnswerRequest extends Command<SessionOutcome> {
  constructor(
    readonly caller: CustomerCaller,
    readonly commandId: string,
    readonly requestId: string,
    readonly answer: 'ShowRequest' | 'ExtendRequest' | 'ApproveRequest' | 'DenyRequest',
  ) {
    super();
  }
}

@CommandHandler(AnswerRequest)
export class AnswerRequestHandler implements ICommandHandler<AnswerRequest> {
  constructor(private readonly sessions: Sessions) {}

  async execute(command: AnswerRequest): Promise<SessionOutcome> {
    const input = readInput(inputId, command.requestId, 'requestId');
    if (!input.ok) return input;
    const requestId = input.value;
    return this.sessions.handleAsCustomer(command, (by) => ({ type: command.answer, payload: { requestId, by } }));
  }
}

/** The owner's browser gave nothing that may be shown. */
export class ReportNothingChosen extends Command<SessionOutcome> {
  constructor(
    readonly caller: CustomerCaller,
    readonly commandId: string,
    readonly requestId: string,
    readonly reason: string,
  ) {
    super();
  }
}

const nothingChosen = v.object({ requestId: inputId, reason: v.picklist(choiceFailures) });

@CommandHandler(ReportNothingChosen)
export class ReportNothingChosenHandler implements ICommandHandler<ReportNothingChosen> {
  constructor(private readonly sessions: Sessions) {}

  async execute(command: ReportNothingChosen): Promise<SessionOutcome> {
    const { requestId, reason } = command;
    const input = readInput(nothingChosen, { requestId, reason }, 'choice');
    if (!input.ok) return input;
    return this.sessions.handleAsCustomer(command, (by) => ({
      type: 'ReportNothingChosen',
      payload: { ...input.value, by },
    }));
  }
}

/** The owner has chosen a surface: for a question, or anew for a grant that ended with his page. The grant's id is the command's. */
export class GrantPermission extends Command<SessionOutcome> {
  constructor(
    readonly caller: CustomerCaller,
    readonly commandId: string,
    readonly of: { readonly requestId: string } | { readonly endedGrantId: string },
    readonly surface: string,
  ) {
    super();
  }
}

const chosen = v.object({ id: inputId, surface: v.picklist(surfaces) });

@CommandHandler(GrantPermission)
export class GrantPermissionHandler implements ICommandHandler<GrantPermission> {
  constructor(private readonly sessions: Sessions) {}

  async execute(command: GrantPermission): Promise<SessionOutcome> {
    const { commandId: grantId, of, surface } = command;
    const isNew = 'requestId' in of;
    const input = readInput(chosen, { id: isNew ? of.requestId : of.endedGrantId, surface }, 'choice');
    if (!input.ok) return input;
    const { id } = input.value;
    return this.sessions.handleAsCustomer(command, (by) => {
      const grant = { grantId, by, surface: input.value.surface };
      return isNew
        ? { type: 'GrantPermission', payload: { requestId: id, ...grant } }
        : { type: 'ResumePermission', payload: { endedGrantId: id, ...grant } };
    });
  }
}
