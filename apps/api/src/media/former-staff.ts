import { isRepresentative, participantsInSession } from '@deskside/domain';
import type { KnownSession } from '@deskside/domain';

/**
 * The session as its room must see it: a representative whose account was disabled, or may not serve any more, has his
 * place in the log until somebody ends it, and nothing to see or say from that moment on.
 */
export async function withoutFormerStaff(
  session: KnownSession,
  mayServe: (accountId: string) => Promise<boolean>,
): Promise<KnownSession> {
  const participants = { ...session.participants };
  for (const participant of participantsInSession(session)) {
    if (!isRepresentative(participant.role)) continue;
    if (!(await mayServe(participant.personId))) participants[participant.id] = { ...participant, presence: 'removed' };
  }
  return { ...session, participants };
}
