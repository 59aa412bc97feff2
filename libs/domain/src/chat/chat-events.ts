import * as v from 'valibot';
import { auditors, declareEvent, everybodyInSession, personalText, uuid } from '../events';
import type { Audience, EventOf } from '../events';

const recipient = v.union([v.literal('all'), uuid]);

function readersOf(to: 'all' | string, authorId: string): readonly Audience[] {
  if (to === 'all') return everybodyInSession;
  return [auditors, { participant: to }, { participant: authorId }];
}

/** One line of chat, to all or to one participant alone. Its text has a key of its own so that it can be taken back. */
export const ChatMessageSent = declareEvent({
  type: 'ChatMessageSent',
  version: 1,
  payload: v.object({ messageId: uuid, authorId: uuid, to: recipient, text: personalText('content') }),
  personal: { text: 'content' },
  visibleTo: ({ to, authorId }) => readersOf(to, authorId),
  sinceJoined: true,
});

/** The author took the text back: its key is destroyed, the event stays. */
export const ChatMessageTakenBack = declareEvent({
  type: 'ChatMessageTakenBack',
  version: 1,
  payload: v.object({
    messageId: uuid,
    authorId: uuid,
    to: recipient,
    key: v.object({ subject: v.string(), class: v.literal('content'), item: v.pipe(v.number(), v.integer()) }),
  }),
  personal: {},
  visibleTo: ({ to, authorId }) => readersOf(to, authorId),
  sinceJoined: true,
  erases: ({ key }) => [key],
});

export type ChatEvent = EventOf<typeof ChatMessageSent> | EventOf<typeof ChatMessageTakenBack>;
