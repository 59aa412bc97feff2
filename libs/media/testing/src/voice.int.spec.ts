import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Person } from './person';
import { SessionInTest } from './session-in-test';
import { until } from './until';

let session: SessionInTest;

beforeAll(async () => {
  session = await SessionInTest.begin();
}, 600_000);

afterAll(() => session.end());
afterEach(() => session.everybodyLeaves());

/** Chromium's microphone beeps once a second: that is what is heard. */
const audible = 0.02;

async function anaTalksToBob(): Promise<{ ana: Person; bob: Person }> {
  const ana = new Person(await session.arrive('ana', { publish: ['microphone'] }));
  const bob = new Person(await session.arrive('bob', { publish: ['microphone'] }));
  await Promise.all([ana.connect(), bob.connect()]);
  expect(await ana.do('talk', 'join')).toEqual({ ok: true });
  await bob.do('talk', 'listen');
  await until('bob has her sound', () => bob.hear('ana'));
  await until('bob hears her', async () => (await bob.loudness()) > audible);
  return { ana, bob };
}

/** @returns when, by the page's own clock: a busy machine may bring the call to the page late */
function muteNow(person: Person): Promise<number> {
  return person.page.evaluate(() => {
    const { mediaPage } = globalThis as unknown as { mediaPage: { talk: { mute(): void } } };
    const at = Date.now();
    mediaPage.talk.mute();
    return at;
  });
}

describe('the voice', () => {
  it('is heard at the far end, and its level shown on both', async () => {
    const { ana, bob } = await anaTalksToBob();
    expect(await ana.now('talk', 'state')).toBe('in');
    expect(await bob.now('talk', 'state')).toBe('listening');
    expect(await bob.now('talk', 'playback')).toBe('playing');
    await until('her own meter moves', async () => (await ana.now<number>('talk', 'ownLevel')) > 0.3);
    await until('his meter of her moves', async () => (await bob.voices()).some(({ level }) => level > 0.3));
    await until('he sees who speaks', async () => (await bob.voices()).some(({ speaking }) => speaking));
    expect(await bob.voices()).toMatchObject([{ identity: 'ana', muted: false }]);
  });

  it('is silent at the far end within 200 ms of muting, and back after it', async () => {
    const { ana, bob } = await anaTalksToBob();
    for (let turn = 0; turn < 3; turn++) {
      await until('bob hears her', async () => (await bob.loudness()) > audible);
      const listening = bob.loudnesses(2500);
      const mutedAt = await muteNow(ana);
      const late = (await listening).filter(({ at, loudness }) => at > mutedAt + 200 && loudness > audible);
      expect(late).toEqual([]);
      expect(await ana.now('talk', 'muted')).toBe(true);
      await until('it is shown', async () => (await bob.voices()).some(({ muted }) => muted));
      await ana.do('talk', 'unmute');
    }
    await until('bob hears her again', async () => (await bob.loudness()) > audible);
  });

  it('joins muted without a sample sent', async () => {
    const ana = new Person(await session.arrive('ana', { publish: ['microphone'] }));
    const bob = new Person(await session.arrive('bob'));
    await Promise.all([ana.connect(), bob.connect()]);
    expect(await ana.do('talk', 'join', { muted: true })).toEqual({ ok: true });
    await until('bob sees her muted', async () => (await bob.voices()).some(({ muted }) => muted));
    await until('bob has her sound', () => bob.hear('ana'));
    expect((await bob.loudnesses(2500)).filter(({ loudness }) => loudness > audible)).toEqual([]);
  });

  it('is heard by whoever may not see the screen', async () => {
    const ana = new Person(await session.arrive('ana', { publish: ['microphone', 'screenShare'] }));
    const [bob, eve] = [new Person(await session.arrive('bob')), new Person(await session.arrive('eve'))];
    await Promise.all([ana.connect(), bob.connect(), eve.connect()]);
    await ana.paint();
    await ana.publish(['bob']);
    await ana.do('talk', 'join');
    await until('eve hears her', () => eve.hear('ana'));
    await until(
      'bob has both',
      async () => (await bob.tracksOf('ana')).filter(({ received }) => received).length === 2,
    );
    expect(await eve.tracksOf('ana')).toEqual(
      expect.arrayContaining([
        { source: 'screen_share', received: false },
        { source: 'microphone', received: true },
      ]),
    );
  });

  it('is off with its right, and the microphone closed', async () => {
    const { ana } = await anaTalksToBob();
    await session.give('ana', {});
    await until('she is told', async () => (await ana.happened('talkEvents')).length > 0);
    expect(await ana.happened('talkEvents')).toEqual([{ type: 'rightRemoved' }]);
    expect(await ana.now('talk', 'state')).toBe('listening');
  });

  it('comes from another microphone when this one ends, with a word', async () => {
    const { ana, bob } = await anaTalksToBob();
    // No test can pull a plug: the track is told what the browser tells it then.
    await ana.page.evaluate(() => {
      const { mediaPage } = globalThis as unknown as {
        mediaPage: {
          connection: {
            room: {
              localParticipant: {
                audioTrackPublications: Map<string, { track: { mediaStreamTrack: EventTarget & { stop(): void } } }>;
              };
            };
          };
        };
      };
      const [publication] = mediaPage.connection.room.localParticipant.audioTrackPublications.values();
      publication?.track.mediaStreamTrack.stop();
      publication?.track.mediaStreamTrack.dispatchEvent(new Event('ended'));
    });
    await until('she is told', async () => (await ana.happened('talkEvents')).length > 0);
    expect(await ana.happened('talkEvents')).toMatchObject([{ type: 'deviceReplaced', kind: 'input' }]);
    await until('bob hears her again', async () => (await bob.loudness()) > audible);
  });

  it('says why there is no microphone, and the others are heard all the same', async () => {
    const bob = new Person(await session.arrive('bob', { publish: ['microphone'] }));
    await bob.page.context().clearPermissions();
    await bob.page.context().grantPermissions([]);
    await bob.connect();
    expect(await bob.do('talk', 'join')).toEqual({ ok: false, reason: 'refusedByBrowser' });
    expect(await bob.now('talk', 'state')).toBe('listening');
  });
});

describe('the test of devices', () => {
  it('shows the level of the microphone and plays a tone, without a connection', async () => {
    const ana = new Person(await session.arrive('ana'));
    expect(await ana.do('test', 'start')).toEqual({ ok: true });
    await until('the meter moves', async () => (await ana.now<number>('test', 'level')) > 0.3);
    const begun = Date.now();
    await ana.do('test', 'playTone');
    expect(Date.now() - begun).toBeGreaterThan(500);
    await ana.do('test', 'stop');
    expect(await ana.now('test', 'level')).toBe(0);
  });
});
