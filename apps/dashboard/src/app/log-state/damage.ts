import { formatSessionNumber } from '@deskside/domain';
import type { Texts } from '@deskside/ui';
import type { Site } from '../site-settings/site-facts';

/** Which event is not as it was written, and in what way; null when it is not about one event. */
export function damageSentence(log: Site['log'] | null, t: Texts): string | null {
  if (log?.what == null) return null;
  const { what, revision, stream, session } = log;
  if (stream?.startsWith('representative-')) return t('logBanner.account', { what, revision });
  if (session == null) return t('logBanner.elsewhere', { what, revision, stream });
  switch (session.listing) {
    case 'listed':
      return t('logBanner.session', { what, revision, number: inOnePiece(session.number ?? '') });
    case 'notListed':
      return t('logBanner.lostSession', { what, revision });
    case 'unknown':
      return t('logBanner.someSession', { what, revision });
  }
}

function inOnePiece(number: string): string {
  return formatSessionNumber(number).replaceAll(' ', '\u00a0');
}
