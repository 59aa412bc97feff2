import { isInSession } from '@deskside/domain';
import type { KnownSession } from '@deskside/domain';
import { mediaRights } from '@deskside/media';
import type { MediaServer } from '@deskside/media/server';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import type { Sessions } from '../support-session/sessions';
import { withoutFormerStaff } from './former-staff';

/** Long enough to connect with, short enough to be worthless when it is found later. */
const tokenSeconds = 120;

interface Parts {
  readonly media: { readonly server: Pick<MediaServer, 'issueToken'> };
  readonly sessions: Pick<Sessions, 'findAfresh'>;
  readonly mayServe: (accountId: string) => Promise<boolean>;
}

/** Who may be in the media room of a session: asked before a token is issued, and again whenever one is used. */
export class MediaAdmission {
  constructor(private readonly parts: Parts) {}

  /**
   * @returns the session as its room must see it, or why the room is closed to them. Read from the log again, since
   * another node may have admitted or removed them; that is one stream, and people join now and then.
   */
  async admit(sessionId: string, participantId: string): Promise<Outcome<KnownSession>> {
    const session = await this.parts.sessions.findAfresh(sessionId);
    if (session === null) return refused('SESSION_NOT_FOUND');
    if (session.status === 'ended') return refused('SESSION_ENDED');
    const entitled = await withoutFormerStaff(session, this.parts.mayServe);
    return isInSession(entitled.participants[participantId]) ? done(entitled) : refused('NOT_A_PARTICIPANT');
  }

  /**
   * A token with the least: a token brings its rights back whenever it is used, so nothing may be sent by it. What
   * somebody may do beyond that they get once they are in the room. @throws MediaFailure
   */
  token(session: KnownSession, sessionId: string, participantId: string): Promise<string> {
    const { subscribe } = mediaRights(session, participantId);
    const rights = { subscribe, publish: [], data: false };
    const about = { room: sessionId, identity: participantId, ttlSeconds: tokenSeconds };
    return this.parts.media.server.issueToken({ ...about, rights });
  }
}
