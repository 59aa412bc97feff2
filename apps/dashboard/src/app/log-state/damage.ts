import { formatSessionNumber } from '@deskside/domain';
import type { Texts } from '@deskside/ui';
import type { Site } from '../site-settings/site-facts';

type Log = Site['log'];

const sessionStream = /^supportSession-(.+)$/;

/** The session that the damaged event is of; null when it is of none. */
export function damagedPlace(log: Log | null): { readonly sessionId: string } | null {
  const [, sessionId] = sessionStream.exec(log?.stream ?? '') ?? [];
  return sessionId === undefined ? null : { sessionId };
}

/** Which event is not as it was written, and in what way; null when it is not about one event. */
export function damageSentence(log: Log | null, t: Texts): string | null {
  if (log?.what == null) return null;
  const { what, revision, stream, sessionNumber } = log;
  if (stream?.startsWith('representative-')) return t('logBanner.account', { what, revision });
  if (damagedPlace(log) === null) return t('logBanner.elsewhere', { what, revision, stream });
  if (sessionNumber == null) return t('logBanner.lostSession', { what, revision });
  return t('logBanner.session', { what, revision, number: inOnePiece(sessionNumber) });
}

function inOnePiece(number: string): string {
  return formatSessionNumber(number).replaceAll(' ', '\u00a0');
}
