import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { parseChatText, UnsealedText } from '@deskside/domain';
import type { SupportSessionCommand } from '@deskside/domain';
import { AccessJournal } from '../access/access-journal';
import type { CustomerCaller, StaffCaller } from '../command-path/caller';
import type { Handled } from '../command-path/command-path';
import { streamOf } from '../command-path/derived-id';
import { refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import { Erasures } from '../erasure/erasures';
import { Sessions } from '../support-session/sessions';

type ChatCaller = StaffCaller | CustomerCaller;
type SessionOutcome = Outcome<Handled<unknown>>;

/** A line of chat. Its message id is the command id, so that the sender knows his own line when it comes back. */
export class SendChatMessage extends Command<SessionOutcome> {
  constructor(
    readonly caller: ChatCaller,
    readonly commandId: string,
    readonly sessionId: string,
    readonly to: string,
    readonly text: string,
  ) {
    super();
  }
}

export class TakeBackChatMessage extends Command<SessionOutcome> {
  constructor(
    readonly caller: ChatCaller,
    readonly commandId: string,
    readonly sessionId: string,
    readonly messageId: string,
  ) {
    super();
  }
}

/** Who writes: the representative's place is looked up, the customer's stands in his bearer. */
async function asAuthor(
  sessions: Sessions,
  command: SendChatMessage | TakeBackChatMessage,
  commandFor: (authorId: string) => Pick<SupportSessionCommand, 'type' | 'payload'>,
): Promise<SessionOutcome> {
  const { caller, ...rest } = command;
  if (caller.kind === 'staff') return sessions.handleAsRepresentative({ ...rest, caller }, commandFor);
  return sessions.handle({ ...rest, caller, sessionId: caller.sessionId }, commandFor(caller.participantId));
}

@CommandHandler(SendChatMessage)
export class SendChatMessageHandler implements ICommandHandler<SendChatMessage> {
  constructor(
    private readonly journal: AccessJournal,
    private readonly sessions: Sessions,
  ) {}

  async execute(command: SendChatMessage): Promise<SessionOutcome> {
    const { caller, commandId: messageId, sessionId, to } = command;
    const denied =
      caller.kind === 'staff' ? await this.journal.authorise(caller, 'session.serve', 'SendChatMessage') : null;
    if (denied) return denied;
    const parsed = parseChatText(command.text);
    if (!parsed.ok) return parsed;
    const subject = streamOf('supportSession', sessionId);
    const text = new UnsealedText(parsed.text, { subject, class: 'content', ownKey: true });
    return asAuthor(this.sessions, command, (authorId) => ({
      type: 'SendChatMessage',
      payload: { messageId, authorId, to, text },
    }));
  }
}

@CommandHandler(TakeBackChatMessage)
export class TakeBackChatMessageHandler implements ICommandHandler<TakeBackChatMessage> {
  constructor(
    private readonly journal: AccessJournal,
    private readonly sessions: Sessions,
    private readonly erasures: Erasures,
  ) {}

  async execute(command: TakeBackChatMessage): Promise<SessionOutcome> {
    const { caller, messageId } = command;
    const denied =
      caller.kind === 'staff' ? await this.journal.authorise(caller, 'session.serve', 'TakeBackChatMessage') : null;
    if (denied) return denied;
    const outcome = await asAuthor(this.sessions, command, (authorId) => ({
      type: 'TakeBackChatMessage',
      payload: { messageId, authorId },
    }));
    if (!outcome.ok) return outcome;
    // The line is taken back for everybody by now; that its bytes are gone as well may take longer.
    return (await this.erasures.applied(outcome.value.position)) ? outcome : refused('NOT_YET');
  }
}
