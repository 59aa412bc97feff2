import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { AudioCommand } from '@deskside/domain';
import { AccessJournal } from '../access/access-journal';
import type { CustomerCaller, StaffCaller } from '../command-path/caller';
import type { Handled } from '../command-path/command-path';
import type { Outcome } from '../command-path/outcome';
import { Sessions } from '../support-session/sessions';

type AudioAct =
  | { readonly type: 'JoinAudio'; readonly muted: boolean }
  | { readonly type: Exclude<AudioCommand['type'], 'JoinAudio'> };

/** Somebody takes part in the talk, or no longer, or is not heard for a while: each for himself only. */
export class TakePartInAudio extends Command<Outcome<Handled<unknown>>> {
  constructor(
    readonly caller: StaffCaller | CustomerCaller,
    readonly commandId: string,
    readonly sessionId: string,
    readonly act: AudioAct,
  ) {
    super();
  }
}

@CommandHandler(TakePartInAudio)
export class TakePartInAudioHandler implements ICommandHandler<TakePartInAudio> {
  constructor(
    private readonly journal: AccessJournal,
    private readonly sessions: Sessions,
  ) {}

  async execute(command: TakePartInAudio): Promise<Outcome<Handled<unknown>>> {
    const { caller, act } = command;
    const denied = caller.kind === 'staff' ? await this.journal.authorise(caller, 'session.serve', act.type) : null;
    if (denied) return denied;
    const { type, ...more } = act;
    return this.sessions.handleAsParticipant(command, (participantId) => ({
      type,
      payload: { participantId, ...more },
    }));
  }
}
