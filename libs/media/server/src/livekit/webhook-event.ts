import type { WebhookEvent } from 'livekit-server-sdk';
import type { MediaEvent, MediaEventType } from '../media-server';
import { trackOf } from './participant';

const types: Readonly<Record<string, MediaEventType>> = {
  room_started: 'roomStarted',
  room_finished: 'roomFinished',
  participant_joined: 'participantJoined',
  participant_left: 'participantLeft',
  participant_connection_aborted: 'participantLeft',
  track_published: 'trackPublished',
  track_unpublished: 'trackUnpublished',
};

export function mediaEventOf({ id, event, room, participant, track }: WebhookEvent): MediaEvent {
  return {
    id,
    type: types[event] ?? 'other',
    room: room?.name ?? null,
    identity: participant?.identity ?? null,
    track: track === undefined ? null : trackOf(track),
  };
}
