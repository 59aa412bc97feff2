import type { Instant, Invitation } from '@deskside/domain';
import type { Texts } from '@deskside/ui';

/** How good or bad an invitation stands, for the colour beside its words. */
export type InvitationTone = 'waits' | 'good' | 'bad' | 'over';

/** How an invitation stands: what became of it, else how its mail is on its way. */
export function invitationWords(
  { status, sending }: Pick<Invitation, 'status' | 'sending'>,
  t: Texts,
  clock: (at: Instant) => string,
): { readonly tone: InvitationTone; readonly words: string } {
  if (status === 'used') return { tone: 'good', words: t('console.inviting.state.used') };
  if (status === 'withdrawn') return { tone: 'over', words: t('console.inviting.state.withdrawn') };
  switch (sending.status) {
    case 'none':
      return { tone: 'waits', words: t('console.inviting.state.open') };
    case 'waiting':
      return { tone: 'waits', words: t('console.inviting.state.waiting') };
    case 'sent':
      return { tone: 'good', words: t('console.inviting.state.sent', { time: clock(sending.at) }) };
    case 'failed': {
      const words = t(`console.inviting.failed.${sending.reason}`);
      if (sending.retryAt === null) return { tone: 'bad', words };
      return { tone: 'bad', words: t('console.inviting.failedRetry', { words, time: clock(sending.retryAt) }) };
    }
  }
}
