import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ApiUnderTest } from '../support/api-under-test';
import { newId } from '../support/people';
import type { Staff } from '../support/people';
import { SharedScreen } from '../support/shared-screen';

let api: ApiUnderTest;
let csr: Staff;
let session: SharedScreen;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  csr = await api.colleague(await api.firstAdministrator(), ['representative']);
});
afterAll(() => api.close());
beforeEach(async () => {
  session = await SharedScreen.begin(api, csr);
});

async function talk(): Promise<Readonly<Record<string, boolean>>> {
  const { audio = {} } = (await api.node.sessions.find(session.sessionId)) ?? {};
  return Object.fromEntries(Object.entries(audio).map(([id, { muted }]) => [id, muted]));
}

describe('the talk', () => {
  it('is joined by each for himself, heard or muted at first', async () => {
    expect((await session.byCsr('joinAudio', { muted: false })).code).toBe('ok');
    expect((await session.byAna('joinAudio', { muted: true })).code).toBe('ok');
    expect(await talk()).toEqual({ [session.representative]: false, [session.ana.participantId]: true });
  });

  it('knows who is muted; a second press changes nothing', async () => {
    await session.byCsr('joinAudio', { muted: false });
    for (const muted of [true, true, false]) expect((await session.byCsr('setMuted', { muted })).code).toBe('ok');
    expect(await talk()).toEqual({ [session.representative]: false });
    const written = (await api.events()).filter(({ stream }) => stream === `supportSession-${session.sessionId}`);
    expect(written.map(({ type }) => type).filter((type) => type.startsWith('Audio'))).toEqual([
      ...['AudioJoined', 'AudioMuted', 'AudioUnmuted'],
    ]);
  });

  it('mutes nobody who does not take part', async () => {
    expect((await session.byAna('setMuted', { muted: true })).code).toBe('AUDIO_NOT_JOINED');
    expect((await session.byAna('leaveAudio')).code).toBe('ok');
  });

  it('is left with the session, and closed to whoever waits or comes after the end', async () => {
    await session.byAna('joinAudio', { muted: false });
    const waiting = await api.customer().join(session.number, 'Vera');
    expect((await waiting.ask('joinAudio', { commandId: newId(), muted: false })).code).toBe('NOT_A_PARTICIPANT');
    await session.byAna('leaveSession');
    expect(await talk()).toEqual({});
    await session.byCsr('endSession');
    expect((await session.byCsr('joinAudio', { muted: false })).code).toBe('SESSION_ENDED');
  });
});

describe('the way to the media server', () => {
  it('is closed while there is none, and says so; everything else goes on', async () => {
    expect((await session.csr.ask('mediaAccess', { sessionId: session.sessionId })).code).toBe('MEDIA_UNAVAILABLE');
    expect((await session.ana.ask('mediaAccess')).code).toBe('MEDIA_UNAVAILABLE');
    await session.ana.say('I hear nothing');
  });

  it('is closed to whoever waits and after the end, whatever the media server is', async () => {
    const waiting = await api.customer().join(session.number, 'Vera');
    expect((await waiting.ask('mediaAccess')).code).toBe('NOT_A_PARTICIPANT');
    await session.byCsr('endSession');
    expect((await session.csr.ask('mediaAccess', { sessionId: session.sessionId })).code).toBe('SESSION_ENDED');
    expect((await session.ana.ask('mediaAccess')).code).toBe('SESSION_ENDED');
  });
});
