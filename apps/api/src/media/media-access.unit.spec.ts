import { describe, expect, it } from '@jest/globals';
import type { KnownSession } from '@deskside/domain';
import { MediaFailure } from '@deskside/media/server';
import type { MediaServer } from '@deskside/media/server';
import { MediaAccess } from './media-access';

const [sessionId, ana, gone] = ['session', 'ana', 'gone'];
const open = {
  ...{ status: 'open', audio: {}, grants: {} },
  participants: { [ana]: { presence: 'present' }, [gone]: { presence: 'left' } },
} as unknown as KnownSession;

function given(status: string, session: KnownSession | null = open, failure?: MediaFailure) {
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
  const access = new MediaAccess({
    media: { server, state: { status } },
    sessions: { find: async () => session },
    mediaReconciler: { expectArrival: (room) => void calls.push(['expected', room]) },
  });
  return { access, calls };
}
const refusedWith = (code: string): object => ({ ok: false, refusal: { code } });

describe('the way into the media room', () => {
  it('is a token with nothing to send, for a room that is there, and whoever comes is expected', async () => {
    const { access, calls } = given('ready');
    expect(await access.issue(sessionId, ana)).toEqual({ ok: true, value: 'token' });
    const rights = { subscribe: false, publish: [], data: false };
    expect(calls).toEqual([
      ['room', sessionId],
      { room: sessionId, identity: ana, ttlSeconds: 120, rights },
      ['expected', sessionId],
    ]);
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

  it('is closed to whoever has gone, to strangers, after the end and without a session', async () => {
    for (const who of [gone, 'stranger'])
      expect(await given('ready').access.issue(sessionId, who)).toEqual(refusedWith('NOT_A_PARTICIPANT'));
    const ended = { ...open, status: 'ended' } as unknown as KnownSession;
    expect(await given('ready', ended).access.issue(sessionId, ana)).toEqual(refusedWith('SESSION_ENDED'));
    expect(await given('ready', null).access.issue(sessionId, ana)).toEqual(refusedWith('SESSION_NOT_FOUND'));
  });

  it('is away when the media server is, and any other failure is told', async () => {
    const away = new MediaFailure('MEDIA_UNAVAILABLE', 'away');
    expect(await given('ready', open, away).access.issue(sessionId, ana)).toEqual(refusedWith('MEDIA_UNAVAILABLE'));
    const broken = new Error('broken') as MediaFailure;
    await expect(given('ready', open, broken).access.issue(sessionId, ana)).rejects.toThrow('broken');
  });
});
