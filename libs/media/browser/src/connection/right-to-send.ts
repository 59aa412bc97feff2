import type { Room } from 'livekit-client';
import { Track } from 'livekit-client';

/** `TrackSource` of LiveKit's protocol, livekit_models.proto; the client's package does not export it. */
const numbers: Partial<Record<Track.Source, number>> = {
  [Track.Source.Camera]: 1,
  [Track.Source.Microphone]: 2,
  [Track.Source.ScreenShare]: 3,
};

type Permissions = Room['localParticipant']['permissions'];

/** Whether the media server lets this participant send that source now; an empty list of sources allows each. */
export function maySend(permissions: Permissions, source: Track.Source): boolean {
  if (permissions?.canPublish !== true) return false;
  const { canPublishSources: sources } = permissions;
  return sources.length === 0 || sources.some((allowed) => allowed === numbers[source]);
}
