import type { Texts } from '@deskside/ui';

interface Seeing {
  readonly view: 'absent' | 'waiting' | 'live' | 'interrupted';
  readonly connection: 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'failed';
  readonly customerAway: boolean;
}

/** What lies over the place of the picture; null while it lives. Nobody looks at a dark place without a word. */
export function screenWords({ view, connection, customerAway }: Seeing, t: Texts): string | null {
  if (view === 'live') return null;
  if (connection === 'failed') return t('console.screen.refused');
  if (connection === 'reconnecting') return t('console.screen.reconnecting');
  if (connection !== 'connected') return t('console.screen.connecting');
  if (customerAway) return t('console.screen.away');
  return t(view === 'interrupted' ? 'console.screen.interrupted' : 'console.screen.waiting');
}
