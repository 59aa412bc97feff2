import { isInSession } from '@deskside/domain';
import type { KnownSession } from '@deskside/domain';
import { mediaRights } from '@deskside/media';
import { MediaFailure } from '@deskside/media/server';
import type { MediaServer } from '@deskside/media/server';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import type { Sessions } from '../support-session/sessions';
import type { MediaReconciler } from './reconciler';

/** Long enough to connect with, short enough to be worthless when it is found later. */
const tokenSeconds = 120;

/** Opens the media room of a session to one of its participants. */
export class MediaAccess {
  constructor(
    private readonly parts: {
      readonly media: { readonly server: MediaServer; readonly state: { readonly status: string } };
      readonly sessions: Pick<Sessions, 'find'>;
      readonly mediaReconciler: Pick<MediaReconciler, 'expectArrival'>;
    },
  ) {}

  /**
   * A token with the least: a token brings its rights back whenever it is used, so nothing may be sent by it. What the
   * participant may do beyond that he gets once he is in the room.
   */
  async issue(sessionId: string, participantId: string): Promise<Outcome<string>> {
    const session = await this.parts.sessions.find(sessionId);
    const closed = whyClosed(session, participantId) ?? this.#whyNotReady();
    if (session === null || closed !== null) return closed ?? refused('SESSION_NOT_FOUND');
    const { subscribe } = mediaRights(session, participantId);
    const rights = { subscribe, publish: [], data: false };
    try {
      // A media server that was started again has no rooms any more.
      await this.parts.media.server.ensureRoom(sessionId);
      const about = { room: sessionId, identity: participantId, ttlSeconds: tokenSeconds };
      const token = await this.parts.media.server.issueToken({ ...about, rights });
      this.parts.mediaReconciler.expectArrival(sessionId);
      return done(token);
    } catch (error) {
      if (error instanceof MediaFailure) return refused('MEDIA_UNAVAILABLE');
      throw error;
    }
  }

  #whyNotReady(): ReturnType<typeof refused> | null {
    const { status } = this.parts.media.state;
    if (status === 'ready') return null;
    return refused(status === 'preparing' ? 'MEDIA_PREPARING' : 'MEDIA_UNAVAILABLE');
  }
}

function whyClosed(session: KnownSession | null, participantId: string): ReturnType<typeof refused> | null {
  if (session === null) return refused('SESSION_NOT_FOUND');
  if (session.status === 'ended') return refused('SESSION_ENDED');
  return isInSession(session.participants[participantId]) ? null : refused('NOT_A_PARTICIPANT');
}
