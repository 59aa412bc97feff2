import { TrackType } from 'livekit-server-sdk';
import type { ParticipantInfo, TrackInfo } from 'livekit-server-sdk';
import type { MediaParticipant, MediaTrack } from '../media-server';
import { mediaSourceOf, rightsOf } from './permission';

const kinds: Readonly<Record<TrackType, MediaTrack['kind']>> = {
  [TrackType.AUDIO]: 'audio',
  [TrackType.VIDEO]: 'video',
  [TrackType.DATA]: 'data',
};

export function participantOf({ identity, permission, tracks }: ParticipantInfo): MediaParticipant {
  return { identity, rights: rightsOf(permission), tracks: tracks.map(trackOf) };
}

export function trackOf({ sid, type, source, muted }: TrackInfo): MediaTrack {
  return { sid, kind: kinds[type], source: mediaSourceOf(source), muted };
}
