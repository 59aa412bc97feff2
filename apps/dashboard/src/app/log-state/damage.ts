import { formatSessionNumber } from '@deskside/domain';
import type { Texts } from '@deskside/ui';
import type { Site } from '../site-settings/site-facts';

/** Which event is not as it was written, and in what way; null when it is not about one event. */
export function damageSentence(log: Site['log'] | null, t: Texts): string | null {
  if (log?.what == null) return null;
  const { what, revision, stream, session } = log;
  if (stream?.startsWith('representative-')) return t('logBanner.account', { what, revision });
  if (session == null) return t('logBanner.elsewhere', { what, revision, stream });
  if (session.isListed == null) return t('logBanner.someSession', { what, revision });
  if (session.number == null) return t('logBanner.lostSession', { what, revision });
  return t('logBanner.session', { what, revision, number: inOnePiece(session.number) });
}

function inOnePiece(number: string): string {
  return formatSessionNumber(number).replaceAll(' ', '\u00a0');
}
