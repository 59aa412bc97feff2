import { describe, expect, it } from '@jest/globals';
import type { KnownSession } from '@deskside/domain';
import { MediaFailure } from '@deskside/media/server';
import type { MediaServer } from '@deskside/media/server';
import { Limits } from '../limits/limits';
import { MediaAccess } from './media-access';
import { MediaAdmission } from './media-admission';

const [sessionId, ana, gone, removed, csr, former, waits] = [
  'session',
  'ana',
  'gone',
  'removed',
  'csr',
  'former',
  'waits',
];
const open = {
  ...{ status: 'open', audio: {}, grants: {}, waiting: { [waits]: { answer: 'waiting' } } },
  participants: {
    [ana]: { id: ana, presence: 'present', role: 'primaryCustomer', personId: 'ana' },
    [gone]: { id: gone, presence: 'left', role: 'secondaryCustomer', personId: 'gone' },
    [removed]: { id: removed, presence: 'removed', role: 'secondaryCustomer', personId: 'removed' },
    [csr]: { id: csr, presence: 'away', role: 'primaryRepresentative', personId: 'serves' },
    [former]: { id: former, presence: 'present', role: 'assistingRepresentative', personId: 'served' },
  },
} as unknown as KnownSession;

function given(status: string, session: KnownSession | null = open, failure?: Error) {
  const calls: unknown[] = [];
  const server = {
    ensureRoom: async (room: string) => {
      calls.push(['room', room]);
      if (failure !== undefined) throw failure;
    },
    issueToken: async (request: object) => {
      calls.push(request);
      return 'token';
    },
  } as unknown as MediaServer;
  const media = { server, state: { status } };
  const sessions = { findAfresh: async () => session };
  const mediaAdmission = new MediaAdmission({ media, sessions, mayServe: async (account) => account === 'serves' });
  return { access: new MediaAccess({ media, mediaAdmission, limits: new Limits() }), calls };
}
const refusedWith = (code: string): object => ({ ok: false, refusal: { code } });

describe('the way into the media room', () => {
  it.each([ana, csr])('is a token with nothing to send, for a room that is there: %s', async (identity) => {
    const { access, calls } = given('ready');
    expect(await access.issue(sessionId, identity)).toEqual({ ok: true, value: 'token' });
    const rights = { subscribe: false, publish: [], data: false };
    expect(calls).toEqual([['room', sessionId], { room: sessionId, identity, ttlSeconds: 120, rights }]);
  });

  it.each([
    ['preparing', 'MEDIA_PREPARING'],
    ['failed', 'MEDIA_UNAVAILABLE'],
    ['off', 'MEDIA_UNAVAILABLE'],
  ])('is %s: %s', async (status, code) => {
    const { access, calls } = given(status);
    expect(await access.issue(sessionId, ana)).toEqual(refusedWith(code));
    expect(calls).toEqual([]);
  });

  it.each([gone, removed, former, waits, 'stranger', 'constructor', '__proto__'])(
    'is closed to whoever has no part in the session: %s',
    async (who) => {
      expect(await given('ready').access.issue(sessionId, who)).toEqual(refusedWith('NOT_A_PARTICIPANT'));
    },
  );

  it('is closed after the end and without a session', async () => {
    const ended = { ...open, status: 'ended' } as unknown as KnownSession;
    expect(await given('ready', ended).access.issue(sessionId, ana)).toEqual(refusedWith('SESSION_ENDED'));
    expect(await given('ready', null).access.issue(sessionId, ana)).toEqual(refusedWith('SESSION_NOT_FOUND'));
  });

  it('is away when the media server is, and any other failure is told', async () => {
    const away = new MediaFailure('MEDIA_UNAVAILABLE', 'away');
    expect(await given('ready', open, away).access.issue(sessionId, ana)).toEqual(refusedWith('MEDIA_UNAVAILABLE'));
    await expect(given('ready', open, new Error('broken')).access.issue(sessionId, ana)).rejects.toThrow('broken');
  });
});
