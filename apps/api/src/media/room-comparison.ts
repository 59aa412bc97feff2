import { isInSession } from '@deskside/domain';
import type { KnownSession } from '@deskside/domain';
import { mediaRights, sameMediaRights } from '@deskside/media';
import type { MediaRights } from '@deskside/media';
import type { MediaParticipant } from '@deskside/media/server';

/** One call to the media server that brings a room nearer to the log. */
export type RoomStep =
  | { readonly do: 'setRights'; readonly identity: string; readonly rights: MediaRights }
  | { readonly do: 'remove'; readonly identity: string };

/** Everything in the room that is not as the session's events want it. */
export function whatDiffers(session: KnownSession, present: readonly MediaParticipant[]): readonly RoomStep[] {
  return present.flatMap((participant) => step(session, participant, mediaRights(session, participant.identity)));
}

/** The same without what somebody has too little of: this may be done before the log was read again. */
export function whatIsTooMuch(session: KnownSession, present: readonly MediaParticipant[]): readonly RoomStep[] {
  return present.flatMap((participant) =>
    step(session, participant, both(participant.rights, mediaRights(session, participant.identity))),
  );
}

function step(session: KnownSession, { identity, rights: has }: MediaParticipant, rights: MediaRights): RoomStep[] {
  if (!isInSession(session.participants[identity])) return [{ do: 'remove', identity }];
  return sameMediaRights(has, rights) ? [] : [{ do: 'setRights', identity, rights }];
}

/** What both allow. */
export function both(one: MediaRights, other: MediaRights): MediaRights {
  return {
    subscribe: one.subscribe && other.subscribe,
    publish: one.publish.filter((source) => other.publish.includes(source)),
    data: one.data && other.data,
  };
}

/** Whether the media server carries his screen, or would: whatever moves and is no camera counts as a screen. */
export function maySendScreen({ rights, tracks }: MediaParticipant): boolean {
  return (
    rights.publish.includes('screenShare') || tracks.some(({ kind, source }) => kind === 'video' && source !== 'camera')
  );
}
