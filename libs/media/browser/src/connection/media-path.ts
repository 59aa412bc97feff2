import type { LocalTrack, ReconnectContext, ReconnectPolicy, RemoteTrack, Room } from 'livekit-client';
import { DefaultReconnectPolicy } from 'livekit-client';

const patienceMs = 5_000;

/**
 * LiveKit's own delays, about 45 s in all, and after that as long as picture or sound still travel: the signalling runs
 * through the API, and an API that is away must not end what works without it.
 */
export function reconnectPolicy(mediaPathLives: () => boolean): ReconnectPolicy {
  const first = new DefaultReconnectPolicy();
  return {
    nextRetryDelayInMs: (context: ReconnectContext) =>
      first.nextRetryDelayInMs(context) ?? (mediaPathLives() ? patienceMs * (0.5 + Math.random()) : null),
  };
}

/** Whether a track of the room, sent or received, has a transport to the media server that works now. */
export function mediaPathLives(room: Room): boolean {
  const sent = [...room.localParticipant.trackPublications.values()].map(({ track }) => track?.sender?.transport);
  const received = [...room.remoteParticipants.values()].flatMap((participant) =>
    [...participant.trackPublications.values()].map(({ track }) => receiverOf(track)?.transport),
  );
  return [...sent, ...received].some(works);
}

function receiverOf(track: RemoteTrack | LocalTrack | undefined): RTCRtpReceiver | undefined {
  return track !== undefined && 'receiver' in track ? track.receiver : undefined;
}

function works(transport: RTCDtlsTransport | null | undefined): boolean {
  const ice = transport?.iceTransport?.state;
  return transport?.state === 'connected' && (ice === 'connected' || ice === 'completed');
}
