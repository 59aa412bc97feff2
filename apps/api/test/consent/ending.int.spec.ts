import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ApiUnderTest } from '../support/api-under-test';
import { newId } from '../support/people';
import type { Staff } from '../support/people';
import { SharedScreen } from '../support/shared-screen';

let api: ApiUnderTest;
let csr: Staff;
let screen: SharedScreen;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  csr = await api.colleague(await api.firstAdministrator(), ['representative']);
});
afterAll(() => api.close());
beforeEach(async () => {
  screen = await SharedScreen.begin(api, csr);
});

async function howEnded(grantId: string): Promise<string | undefined> {
  return (await api.node.sessions.find(screen.sessionId))?.grants[grantId]?.ended?.how;
}

async function endings(): Promise<number> {
  const ended = ['PermissionRevoked', 'PermissionEnded'];
  return (await api.events()).filter(
    ({ stream, type }) => stream === `supportSession-${screen.sessionId}` && ended.includes(type),
  ).length;
}

describe('Stop', () => {
  it('pressed twice is one event and fails at neither time', async () => {
    const grantId = await screen.granted();
    const answers = await Promise.all([
      screen.byAna('revokePermission', { grantId }),
      screen.byAna('revokePermission', { grantId }),
    ]);
    expect(answers.map(({ code }) => code)).toEqual(['ok', 'ok']);
    expect(await howEnded(grantId)).toBe('revoked');
    expect(await endings()).toBe(1);
  });

  it('sent again with the same command answers the same', async () => {
    const grantId = await screen.granted();
    const commandId = newId();
    const first = await screen.byAna('revokePermission', { grantId }, commandId);
    expect((await screen.byAna('revokePermission', { grantId }, commandId)).value).toEqual(first.value);
  });

  it('says that nothing is known of the media server while there is none, and the grant is over all the same', async () => {
    const grantId = await screen.granted();
    expect((await screen.byAna('revokePermission', { grantId })).value).toMatchObject({ stoppedAtServer: false });
    expect((await screen.ana.ask('stoppedAtServer', { grantId })).value).toBe(false);
    expect(await howEnded(grantId)).toBe('revoked');
  });

  it('of a grant that never was is refused', async () => {
    expect((await screen.byAna('revokePermission', { grantId: newId() })).code).toBe('GRANT_NOT_FOUND');
    expect((await screen.ana.ask('stoppedAtServer', { grantId: '__proto__' })).code).toBe('GRANT_NOT_FOUND');
  });
});

describe('a share', () => {
  it('is ended by a viewer who has seen enough', async () => {
    const grantId = await screen.granted();
    expect((await screen.byCsr('endPermission', { grantId })).code).toBe('ok');
    expect(await howEnded(grantId)).toBe('endedByViewer');
  });

  it('is ended by its owner only for what happened to the page, never in a viewer\u2019s name', async () => {
    const grantId = await screen.granted();
    const { code, errors } = await screen.byAna('endPermission', { grantId, reason: 'endedByViewer' });
    expect(code).toBe('INPUT_INVALID');
    expect(errors[0]?.extensions?.details).toMatchObject({ field: 'share.reason' });
    expect((await screen.byAna('endPermission', { grantId, reason: 'pageClosed' })).code).toBe('ok');
    expect(await howEnded(grantId)).toBe('pageClosed');
  });

  it('that ended with its page is taken up again with a new choice; one that was stopped is not', async () => {
    const grantId = await screen.granted();
    await screen.byAna('endPermission', { grantId, reason: 'pageClosed' });
    const again = newId();
    const resume = { endedGrantId: grantId, surface: 'monitor' };
    expect((await screen.byAna('resumePermission', { ...resume, surface: 'window' })).code).toBe('WRONG_SURFACE');
    expect((await screen.byAna('resumePermission', resume, again)).code).toBe('ok');
    expect((await screen.byAna('resumePermission', resume)).code).toBe('ALREADY_GRANTED');
    await screen.byAna('revokePermission', { grantId: again });
    expect((await screen.byAna('resumePermission', { endedGrantId: again, surface: 'monitor' })).code).toBe(
      'GRANT_NOT_FOUND',
    );
  });

  it('is over when its owner leaves, is removed, or the session ends', async () => {
    const [left, removed, over] = [
      await screen.granted(),
      await SharedScreen.begin(api, csr),
      await SharedScreen.begin(api, csr),
    ];
    await screen.byAna('leaveSession');
    expect(await howEnded(left)).toBe('ownerLeft');
    const inRemoved = await removed.granted();
    await removed.byCsr('removeParticipant', { participantId: removed.ana.participantId });
    expect((await api.node.sessions.find(removed.sessionId))?.grants[inRemoved]?.ended?.how).toBe('ownerLeft');
    const inOver = await over.granted();
    await over.byCsr('endSession');
    expect((await api.node.sessions.find(over.sessionId))?.grants[inOver]?.ended?.how).toBe('sessionEnded');
    expect((await over.byAna('revokePermission', { grantId: inOver })).code).toBe('SESSION_ENDED');
  });
});

describe('a device', () => {
  const laptop = {
    browser: 'Chrome',
    system: 'Windows',
    form: 'desktop',
    canShareScreen: true,
    microphones: 1,
    cameras: 0,
  };

  it('is described once, and again when something has changed', async () => {
    for (const device of [laptop, laptop, { ...laptop, microphones: 2 }])
      expect((await screen.byAna('describeDevice', { device })).code).toBe('ok');
    const all = (await api.events()).filter(({ stream }) => stream === `supportSession-${screen.sessionId}`);
    expect(all.filter(({ type }) => type === 'DeviceDescribed')).toHaveLength(2);
  });

  it.each([
    ['device.browser', { browser: 'a\u202eb' }],
    ['device.browser', { browser: '' }],
    ['device.browser', { browser: 'Ana Ilic 0641234567' }],
    ['device.browser', { browser: 'Chrome 139' }],
    ['device.browser', { browser: 'constructor' }],
    ['device.system', { system: 'Ana Ilic' }],
    ['device.system', { system: 'x'.repeat(41) }],
    ['device.form', { form: 'fridge' }],
    ['device.microphones', { microphones: -1 }],
    ['device.cameras', { cameras: 100 }],
  ])('with a wrong %s says so', async (field, wrong) => {
    const { code, errors } = await screen.byAna('describeDevice', { device: { ...laptop, ...wrong } });
    expect(code).toBe('INPUT_INVALID');
    expect(errors[0]?.extensions?.details).toMatchObject({ field });
  });

  it('of another kind than the known ones is another, in so many words', async () => {
    const device = { ...laptop, browser: 'Other', system: 'Other' };
    expect((await screen.byAna('describeDevice', { device })).code).toBe('ok');
  });
});
