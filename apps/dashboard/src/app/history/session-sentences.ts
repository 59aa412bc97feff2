import { formatSessionNumber } from '@deskside/domain';
import type { SupportSessionEvent } from '@deskside/domain';
import { consentSentences } from './consent-sentences';
import { helpSentences } from './help-sentences';
import { sentence } from './sentence';
import { opened } from './sentence-table';
import type { SentenceTable } from './sentence-table';

export const sessionSentences: SentenceTable<SupportSessionEvent> = {
  ...consentSentences,
  ...helpSentences,
  SessionStarted: ({ payload, actor }, { people }) =>
    sentence(`events.SessionStarted.${payload.direction}`, {
      actor: people.acting(actor),
      number: formatSessionNumber(payload.number),
    }),
  SessionEnded: ({ payload, actor }, { people }) =>
    sentence(`events.SessionEnded.${payload.reason}`, {
      actor: payload.by === null ? people.acting(actor) : people.named(payload.by),
    }),
  JoinRequested: ({ payload }) => sentence('events.JoinRequested', { name: opened(payload.name) }),
  JoinAdmitted: ({ payload, actor }, { people }) =>
    sentence('events.JoinAdmitted', { actor: people.acting(actor), name: people.named(payload.participantId) }),
  JoinRefused: ({ payload, actor }, { people }) =>
    sentence('events.JoinRefused', { actor: people.acting(actor), name: people.named(payload.participantId) }),
  JoinWithdrawn: ({ payload }, { people }) =>
    sentence('events.JoinWithdrawn', { name: people.named(payload.participantId) }),
  ParticipantJoined: ({ payload }) =>
    sentence(`events.ParticipantJoined.${payload.role}`, { name: opened(payload.name) }),
  ParticipantLeft: ({ payload }, { people }) =>
    sentence('events.ParticipantLeft', { name: people.named(payload.participantId) }),
  ParticipantRemoved: ({ payload, actor }, { people }) =>
    sentence('events.ParticipantRemoved', { actor: people.acting(actor), name: people.named(payload.participantId) }),
  ParticipantDisconnected: ({ payload }, { people }) =>
    sentence('events.ParticipantDisconnected', { name: people.named(payload.participantId) }),
  ParticipantReturned: ({ payload }, { people }) =>
    sentence('events.ParticipantReturned', { name: people.named(payload.participantId) }),
  ChatMessageSent: ({ payload }, { people }) => {
    const name = people.named(payload.authorId);
    if (people.wasTakenBack(payload.messageId)) return sentence('events.ChatMessageSent.takenBackLater', { name });
    const text = opened(payload.text);
    if (payload.to === 'all') return sentence('events.ChatMessageSent.all', { name, text });
    return sentence('events.ChatMessageSent.private', { name, text, to: people.named(payload.to) });
  },
  ChatMessageTakenBack: ({ payload }, { people }) =>
    sentence('events.ChatMessageTakenBack', { name: people.named(payload.authorId) }),
};
