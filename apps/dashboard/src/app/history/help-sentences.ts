import type { AudioEvent, DeviceEvent, InvitationEvent, NotesEvent, ReportingEvent } from '@deskside/domain';
import { sentence } from './sentence';
import { opened } from './sentence-table';
import type { SentenceTable } from './sentence-table';

type HelpEvent = AudioEvent | DeviceEvent | InvitationEvent | NotesEvent | ReportingEvent;

/** What is done in a session beside consent: voice, notes, invitations, what a device said, a report of fraud. */
export const helpSentences: SentenceTable<HelpEvent> = {
  AudioJoined: ({ payload }, { people }) =>
    sentence('events.AudioJoined', { name: people.named(payload.participantId) }),
  AudioLeft: ({ payload }, { people }) => sentence('events.AudioLeft', { name: people.named(payload.participantId) }),
  AudioMuted: ({ payload }, { people }) => sentence('events.AudioMuted', { name: people.named(payload.participantId) }),
  AudioUnmuted: ({ payload }, { people }) =>
    sentence('events.AudioUnmuted', { name: people.named(payload.participantId) }),
  NoteSaved: ({ payload }, { people }) =>
    sentence('events.NoteSaved', {
      name: people.named(payload.authorId),
      version: payload.version,
      text: opened(payload.text),
    }),
  DeviceDescribed: ({ payload: { participantId, device } }, { people }) =>
    sentence('events.DeviceDescribed', {
      name: people.named(participantId),
      browser: device.browser,
      system: device.system,
    }),
  CustomerInvited: ({ payload: { by, channel, recipient } }, { people }) => {
    const name = people.named(by);
    if (recipient !== undefined)
      return sentence(`events.CustomerInvited.${channel}`, { name, recipient: opened(recipient) });
    return sentence(`events.CustomerInvited.${channel === 'phone' ? 'phoneNoNumber' : 'instantMessage'}`, { name });
  },
  InvitationResent: ({ payload }, { people }) =>
    sentence('events.InvitationResent', { name: people.named(payload.by), attempt: payload.attempt }),
  InvitationSent: ({ payload }) => sentence('events.InvitationSent', { attempt: payload.attempt }),
  InvitationFailed: ({ payload }) => sentence(`events.InvitationFailed.${payload.reason}`),
  InvitationWithdrawn: ({ payload }, { people }) =>
    sentence('events.InvitationWithdrawn', { name: people.named(payload.by) }),
  InvitationUsed: ({ payload }, { people }) =>
    sentence('events.InvitationUsed', { name: people.named(payload.participantId) }),
  SessionReported: ({ payload: { via, participantId } }, { people }) =>
    sentence(
      `events.SessionReported.${via}`,
      participantId === null ? { name: { terms: ['history.actor.somebody'] } } : { name: people.named(participantId) },
    ),
  SessionReportReviewed: ({ actor }, { people }) =>
    sentence('events.SessionReportReviewed', { actor: people.acting(actor) }),
};
