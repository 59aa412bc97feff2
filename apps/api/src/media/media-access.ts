import { MediaFailure } from '@deskside/media/server';
import type { MediaServer } from '@deskside/media/server';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import type { Limits } from '../limits/limits';
import { tooMany } from '../limits/too-many';
import type { MediaAdmission } from './media-admission';

/** Opens the media room of a session to one of its participants. */
export class MediaAccess {
  constructor(
    private readonly parts: {
      readonly media: {
        readonly server: Pick<MediaServer, 'ensureRoom'>;
        readonly state: { readonly status: string };
      };
      readonly mediaAdmission: Pick<MediaAdmission, 'admit' | 'token'>;
      readonly limits: Limits;
    },
  ) {}

  async issue(sessionId: string, participantId: string): Promise<Outcome<string>> {
    const { media, mediaAdmission, limits } = this.parts;
    const wait = limits.rate('mediaAccessOfParticipant').take(participantId);
    if (wait > 0) return { ok: false, refusal: tooMany(wait) };
    const admitted = await mediaAdmission.admit(sessionId, participantId);
    if (!admitted.ok) return admitted;
    const notReady = this.#whyNotReady();
    if (notReady !== null) return notReady;
    try {
      // A media server that was started again has no rooms any more.
      await media.server.ensureRoom(sessionId);
      return done(await mediaAdmission.token(admitted.value, sessionId, participantId));
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
