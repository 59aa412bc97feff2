import { describe, expect, it } from '@jest/globals';
import type { Sending } from '@deskside/domain';
import { invitationWords } from './invitation-words';

const t = (key: string, values = {}): string => `${key.replace('console.inviting.', '')} ${JSON.stringify(values)}`;
const clock = (at: string): string => at.slice(11, 16);
const at = '2026-11-20T12:03:00.000Z';
const failed: Sending = {
  status: 'failed',
  attempt: 1,
  at,
  reason: 'recipientRefused',
  serverReply: '550 no such user',
  retryAt: null,
};
const stands = (sending: Sending, status: 'open' | 'used' | 'withdrawn' = 'open'): [string, string] => {
  const { tone, words } = invitationWords({ status, sending }, t, clock);
  return [tone, words];
};

describe('how an invitation stands', () => {
  it('is what became of it, however its mail went', () => {
    expect(stands(failed, 'used')).toEqual(['good', 'state.used {}']);
    expect(stands({ status: 'sent', attempt: 1, at }, 'withdrawn')).toEqual(['over', 'state.withdrawn {}']);
  });

  it('is how the mail is on its way', () => {
    expect(stands({ status: 'waiting', attempt: 1 })).toEqual(['waits', 'state.waiting {}']);
    expect(stands({ status: 'sent', attempt: 1, at })).toEqual(['good', 'state.sent {"time":"12:03"}']);
    expect(stands({ status: 'none' })).toEqual(['waits', 'state.open {}']);
  });

  it('says why a mail failed, and when it is tried again', () => {
    expect(stands(failed)).toEqual(['bad', 'failed.recipientRefused {}']);
    expect(stands({ ...failed, retryAt: at })[1]).toContain('"time":"12:03"');
  });
});
