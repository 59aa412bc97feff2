import { TrackSource } from 'livekit-server-sdk';
import type { ParticipantPermission } from 'livekit-server-sdk';
import { mediaSources } from '@deskside/media';
import type { MediaRights, MediaSource } from '@deskside/media';

const trackSources: Readonly<Record<MediaSource, TrackSource>> = {
  // Without the sound of the computer, for which nobody is asked.
  screenShare: TrackSource.SCREEN_SHARE,
  microphone: TrackSource.MICROPHONE,
  camera: TrackSource.CAMERA,
};

export function mediaSourceOf(source: TrackSource): MediaSource | null {
  return mediaSources.find((name) => trackSources[name] === source) ?? null;
}

/** The whole permission in LiveKit's words. An empty list of sources would allow every source, so it goes with a no. */
export function permissionOf({ publish, subscribe, data }: MediaRights): {
  readonly canSubscribe: boolean;
  readonly canPublish: boolean;
  readonly canPublishSources: TrackSource[];
  readonly canPublishData: boolean;
} {
  return {
    canSubscribe: subscribe,
    canPublish: publish.length > 0,
    canPublishSources: publish.map((source) => trackSources[source]),
    canPublishData: data,
  };
}

export function rightsOf(permission: ParticipantPermission | undefined): MediaRights {
  return {
    subscribe: permission?.canSubscribe ?? false,
    publish: permission === undefined ? [] : publishOf(permission),
    data: permission?.canPublishData ?? false,
  };
}

function publishOf({ canPublish, canPublishSources }: ParticipantPermission): readonly MediaSource[] {
  if (!canPublish) return [];
  if (canPublishSources.length === 0) return mediaSources;
  return mediaSources.filter((name) => canPublishSources.includes(trackSources[name]));
}
