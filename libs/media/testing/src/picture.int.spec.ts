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

const arrive = async (identity: string, publish: readonly 'screenShare'[] = []): Promise<Person> =>
  new Person(await session.arrive(identity, { publish: [...publish] }));

/** Ana shows a page that scrolls; Bob is the one who may see it. */
async function anaShowsBob(): Promise<{ ana: Person; bob: Person }> {
  const [ana, bob] = [await arrive('ana', ['screenShare']), await arrive('bob')];
  await Promise.all([ana.connect(), bob.connect()]);
  await bob.view('ana');
  await ana.paint();
  expect(await ana.publish(['bob'])).toEqual({ ok: true });
  await bob.sees('the picture is there', ({ ages }) => ages > 3);
  return { ana, bob };
}

describe('the picture', () => {
  it('comes to the viewer, pixel by pixel what is shown now', async () => {
    const { ana, bob } = await anaShowsBob();
    const viewed = await bob.sees('the figures are there', ({ fps, delayMs }) => fps > 0 && delayMs !== null);
    expect(viewed).toMatchObject({ state: 'live', width: 1280, height: 720, playing: true });
    expect(viewed.firstFrameMs).toBeGreaterThan(0);
    const ages = await bob.takeAges();
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(0);
    expect(Math.min(...ages)).toBeLessThan(1000);
    expect(await ana.shared()).toMatchObject({ state: 'live', capture: 'live', hint: 'detail' });
  });

  it('comes to nobody else, while his microphone would', async () => {
    const eve = await arrive('eve');
    await eve.connect();
    await eve.view('ana');
    const { ana, bob } = await anaShowsBob();
    await until('eve is told of the track', async () => (await eve.tracksOf('ana')).length === 1);
    await bob.sees('five more pictures', ({ ages }) => ages > 8);
    expect(await eve.tracksOf('ana')).toEqual([{ source: 'screen_share', received: false }]);
    expect(await eve.viewed()).toMatchObject({ state: 'waiting', ages: 0, playing: false });

    await ana.do('share', 'setViewers', ['eve']);
    await eve.sees('eve sees it', ({ ages }) => ages > 0);
    await until('bob sees it no more', async () => (await bob.tracksOf('ana')).every(({ received }) => !received));
  });

  it('changes its mode without a new prompt, in the encoder and at the far end', async () => {
    const { ana, bob } = await anaShowsBob();
    expect(await ana.shared()).toMatchObject({
      encoding: { maxBitrate: 2_500_000, maxFramerate: 15 },
      degradation: 'maintain-resolution',
    });
    const begun = Date.now();
    await ana.do('share', 'setMode', 'sampling');
    await bob.sees('the picture is smaller', ({ width, height }) => width === 960 && height === 540, 10_000);
    process.stdout.write(`mode change seen at the far end after ${Date.now() - begun} ms\n`);
    expect(await ana.shared()).toMatchObject({
      state: 'live',
      hint: 'motion',
      encoding: { maxBitrate: 800_000, maxFramerate: 20 },
      degradation: 'maintain-framerate',
    });
    await ana.do('share', 'setMode', 'standard');
    await bob.sees('the picture is as large as before', ({ width }) => width === 1280, 10_000);
  });

  it('ends with the right: at the far end, and the capture', async () => {
    const { ana, bob } = await anaShowsBob();
    const begun = Date.now();
    await session.give('ana', {});
    await bob.sees('the picture is gone', ({ state }) => state === 'absent');
    process.stdout.write(`gone at the far end after ${Date.now() - begun} ms\n`);
    await until('the capture has ended', async () => (await ana.shared()).state === 'off');
    expect(await ana.shared()).toMatchObject({ capture: 'ended' });
    expect(await ana.happened('shareEnds')).toEqual(['rightRemoved']);
  });

  it('ends when stopped: the capture at once, then the picture', async () => {
    const { ana, bob } = await anaShowsBob();
    expect(await ana.stopShare()).toBe('ended');
    await bob.sees('the picture is gone', ({ state }) => state === 'absent');
    expect(await ana.happened('shareEnds')).toEqual(['stopped']);
  });

  it('is not sent without the right, and the capture ends', async () => {
    const ana = await arrive('ana');
    await ana.connect();
    await ana.paint();
    expect(await ana.publish(['bob'])).toEqual({ ok: false, reason: 'rightNotGiven' });
    expect(await ana.shared()).toMatchObject({ state: 'off', capture: 'ended' });
  });
});

describe('the picker', () => {
  it('gives the whole desktop, which comes to the viewer as it looks now', async () => {
    const ana = new Person(await session.arrive('ana', { publish: ['screenShare'] }, { picks: 'desktop' }));
    const bob = await arrive('bob');
    await Promise.all([ana.connect(), bob.connect()]);
    await bob.view('ana', await ana.paint({ still: true }));
    expect(await ana.choose({ mode: 'standard' })).toEqual({ ok: true, surface: 'monitor' });
    expect(await ana.shared()).toMatchObject({ state: 'chosen', capture: 'live', prompts: 1 });
    expect(await ana.publish(['bob'])).toEqual({ ok: true });
    await bob.sees('the time code on the desktop can be read', ({ ages }) => ages > 3);
    const viewed = await bob.sees('the figures are there', ({ fps }) => fps > 0);
    expect(viewed).toMatchObject({ state: 'live', width: 1280, height: 720 });
    const ages = await bob.takeAges();
    expect(Math.min(...ages)).toBeLessThan(1000);
  });
});
