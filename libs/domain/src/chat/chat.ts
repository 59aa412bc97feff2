import { accept, refuse, unreachable } from '../decider';
import type { Command, Decision, Recorded } from '../decider';
import { isSealedText } from '../personal-data';
import type { ErasedKey, PersonalText, SealedText } from '../personal-data';
import { isInSession } from '../session-state';
import type { ChatLine, KnownSession, SessionFacts } from '../session-state';
import type { ChatEvent } from './chat-events';

export type ChatCommand =
  | Command<
      'SendChatMessage',
      { readonly messageId: string; readonly authorId: string; readonly to: string; readonly text: PersonalText }
    >
  | Command<'TakeBackChatMessage', { readonly messageId: string; readonly authorId: string }>;

export function evolveChat<Facts extends SessionFacts>(facts: Facts, event: Recorded<ChatEvent>): Facts {
  switch (event.type) {
    case 'ChatMessageSent': {
      const { messageId, authorId, to, text } = event.payload;
      const line: ChatLine = { messageId, authorId, to, text, sentAt: event.occurredAt, revision: event.revision };
      return { ...facts, chat: [...facts.chat, line] };
    }
    case 'ChatMessageTakenBack': {
      const { messageId } = event.payload;
      return {
        ...facts,
        chat: facts.chat.map((line) => (line.messageId === messageId ? { ...line, text: null } : line)),
      };
    }
    default:
      return unreachable(event);
  }
}

export function decideChat(command: ChatCommand, session: KnownSession): Decision<ChatEvent> {
  if (session.status === 'ended') return refuse('SESSION_ENDED');
  if (!isInSession(session.participants[command.payload.authorId])) return refuse('NOT_A_PARTICIPANT');
  return command.type === 'SendChatMessage' ? send(command.payload, session) : takeBack(command.payload, session);
}

function send(
  payload: (ChatCommand & { type: 'SendChatMessage' })['payload'],
  session: KnownSession,
): Decision<ChatEvent> {
  const { to, authorId, messageId } = payload;
  const reachesSomebody = to === 'all' || (to !== authorId && isInSession(session.participants[to]));
  if (!reachesSomebody) return refuse('CHAT_RECIPIENT_UNKNOWN');
  // The id of a line is made from the command that sends it, so a second one is a broken caller.
  if (session.chat.some((line) => line.messageId === messageId)) return refuse('COMMAND_ID_REUSED');
  return accept({ type: 'ChatMessageSent', payload });
}

function takeBack(
  { messageId, authorId }: (ChatCommand & { type: 'TakeBackChatMessage' })['payload'],
  session: KnownSession,
): Decision<ChatEvent> {
  const line = session.chat.find((l) => l.messageId === messageId);
  if (line === undefined) return refuse('MESSAGE_NOT_FOUND');
  if (line.authorId !== authorId) return refuse('MESSAGE_NOT_YOURS');
  if (line.text === null) return accept();
  if (!isSealedText(line.text)) return refuse('SUBJECT_ERASED');
  return accept({ type: 'ChatMessageTakenBack', payload: { messageId, authorId, to: line.to, key: keyOf(line.text) } });
}

function keyOf({ subject, item }: SealedText): ErasedKey & { class: 'content'; item: number } {
  if (item === undefined) throw new Error('A chat line was sealed without a key of its own.');
  return { subject, class: 'content', item };
}
