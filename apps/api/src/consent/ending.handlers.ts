import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import * as v from 'valibot';
import { AccessJournal } from '../access/access-journal';
import type { CustomerCaller, StaffCaller } from '../command-path/caller';
import type { Handled } from '../command-path/command-path';
import { inputId, readInput } from '../command-path/input';
import { done } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import { MediaReconciler } from '../media/reconciler';
import { Sessions } from '../support-session/sessions';

type SessionOutcome = Outcome<Handled<unknown>>;

export interface Stopped extends Handled<unknown> {
  /** Read back from the media server: the picture goes nowhere any more. False: not known yet. */
  readonly stoppedAtServer: boolean;
}

/** Stop, pressed by the owner. */
export class RevokePermission extends Command<Outcome<Stopped>> {
  constructor(
    readonly caller: CustomerCaller,
    readonly commandId: string,
    readonly grantId: string,
  ) {
    super();
  }
}

/** How long the answer to a Stop waits for the media server; milliseconds. */
const waitsForServer = 2000;

@CommandHandler(RevokePermission)
export class RevokePermissionHandler implements ICommandHandler<RevokePermission> {
  constructor(
    private readonly sessions: Sessions,
    private readonly media: MediaReconciler,
  ) {}

  async execute(command: RevokePermission): Promise<Outcome<Stopped>> {
    const input = readInput(inputId, command.grantId, 'grantId');
    if (!input.ok) return input;
    const grantId = input.value;
    const outcome = await this.sessions.handleAsCustomer(command, (by) => ({
      type: 'RevokePermission',
      payload: { grantId, by },
    }));
    if (!outcome.ok) return outcome;
    const { sessionId, participantId } = command.caller;
    return done({
      ...outcome.value,
      stoppedAtServer: await this.media.waitUntilStopped(sessionId, participantId, waitsForServer),
    });
  }
}

/** The share is over without a Stop: a viewer has enough of it, or its capture or page is gone. */
export class EndPermission extends Command<SessionOutcome> {
  constructor(
    readonly caller: StaffCaller | CustomerCaller,
    readonly commandId: string,
    readonly sessionId: string,
    readonly share: { readonly grantId: string; readonly reason: string },
  ) {
    super();
  }
}

const endedByViewer = v.object({ grantId: inputId, reason: v.literal('endedByViewer') });
const endedByOwner = v.object({ grantId: inputId, reason: v.picklist(['captureEnded', 'pageClosed']) });

@CommandHandler(EndPermission)
export class EndPermissionHandler implements ICommandHandler<EndPermission> {
  constructor(
    private readonly journal: AccessJournal,
    private readonly sessions: Sessions,
  ) {}

  async execute(command: EndPermission): Promise<SessionOutcome> {
    const { caller, share } = command;
    const denied =
      caller.kind === 'staff' ? await this.journal.authorise(caller, 'session.serve', 'EndPermission') : null;
    if (denied) return denied;
    const input = readInput(caller.kind === 'staff' ? endedByViewer : endedByOwner, share, 'share');
    if (!input.ok) return input;
    return this.sessions.handleAsParticipant(command, (by) => ({
      type: 'EndPermission',
      payload: { ...input.value, by },
    }));
  }
}
