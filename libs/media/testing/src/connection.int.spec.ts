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

async function anaShowsBob(): Promise<{ ana: Person; bob: Person }> {
  const ana = new Person(await session.arrive('ana', { publish: ['screenShare'] }));
  const bob = new Person(await session.arrive('bob'));
  await Promise.all([ana.connect(), bob.connect()]);
  await bob.view('ana');
  await ana.paint();
  expect(await ana.publish(['bob'])).toEqual({ ok: true });
  await bob.sees('the picture is there', ({ ages }) => ages > 3);
  return { ana, bob };
}

const morePictures = async (bob: Person): Promise<void> => {
  await bob.takeAges();
  await bob.sees('pictures come', ({ ages }) => ages > 3, 60_000);
};

describe('the connection', () => {
  it('joins with a fresh token each time, and is idle after leaving', async () => {
    const ana = new Person(await session.arrive('ana'));
    expect(await ana.connect()).toBe('connected');
    await ana.disconnect();
    expect(await ana.state()).toBe('idle');
    expect(await ana.connect()).toBe('connected');
    expect(session.tokensOf('ana')).toBe(2);
  });

  it('carries the picture on while the signalling is away, and takes it up again', async () => {
    const { ana, bob } = await anaShowsBob();
    session.cutSignalling();
    await until('the loss is noticed', async () => (await ana.state()) === 'reconnecting');
    await morePictures(bob);
    expect(await ana.shared()).toMatchObject({ capture: 'live' });
    session.mendSignalling();
    await until(
      'both are connected',
      async () => (await ana.state()) === 'connected' && (await bob.state()) === 'connected',
    );
    await morePictures(bob);
    expect([session.tokensOf('ana'), session.tokensOf('bob')]).toEqual([1, 1]);
    await ana.do('share', 'setMode', 'sampling');
    expect(await ana.shared()).toMatchObject({ state: 'live', capture: 'live' });
  });

  it('brings the picture back after the media server died, from the same capture and to the same people', async () => {
    const eve = new Person(await session.arrive('eve'));
    await eve.connect();
    const { ana, bob } = await anaShowsBob();
    const begun = Date.now();
    await session.killLiveKit();
    await session.isServing();
    await until(
      'everybody is connected',
      async () => (await ana.state()) === 'connected' && (await bob.state()) === 'connected',
      80_000,
    );
    await morePictures(bob);
    process.stdout.write(`picture back ${Date.now() - begun} ms after the media server was killed\n`);
    expect(await ana.shared()).toMatchObject({ state: 'live', capture: 'live', prompts: 0 });
    expect((await eve.tracksOf('ana')).filter(({ received }) => received)).toEqual([]);
  }, 150_000);

  it('does not end a capture whose right is not there yet after a rejoin', async () => {
    const { ana, bob } = await anaShowsBob();
    session.promise('ana', {});
    await ana.disconnect();
    expect(await ana.shared()).toMatchObject({ state: 'interrupted', capture: 'live' });
    expect(await ana.connect()).toBe('connected');
    await bob.sees('the picture is away', ({ state }) => state === 'absent');
    expect(await ana.shared()).toMatchObject({ state: 'interrupted', capture: 'live' });
    await session.give('ana', { publish: ['screenShare'] });
    await morePictures(bob);
    expect(await ana.shared()).toMatchObject({ state: 'live', capture: 'live', prompts: 0 });
  });
});

describe('the seat', () => {
  it('is in one window, and moves to the other at a word', async () => {
    const first = new Person(await session.arrive('ana'));
    const second = new Person(await session.anotherWindow(first.page.context()));
    expect(await first.takeSeat('ana')).toBe('here');
    expect(await second.takeSeat('ana')).toBe('elsewhere');
    await second.moveSeatHere();
    expect([await first.seat(), await second.seat()]).toEqual(['elsewhere', 'here']);
    await second.page.close();
    await until('the place is free', async () => (await first.seat()) === 'free');
    expect(await first.takeSeat('ana')).toBe('here');
  });

  it('is here when it is asked for twice at once', async () => {
    const ana = new Person(await session.arrive('ana'));
    const taken = ana.page.evaluate(() => {
      const { mediaPage } = globalThis as unknown as { mediaPage: { takeSeat(name: string): Promise<string> } };
      return Promise.all([mediaPage.takeSeat('ana'), mediaPage.takeSeat('ana')]);
    });
    expect(await taken).toEqual(['here', 'here']);
    expect(await ana.seat()).toBe('here');
  });

  it('is taken from a window that does not answer', async () => {
    const first = new Person(await session.arrive('ana'));
    const second = new Person(await session.anotherWindow(first.page.context()));
    await first.takeSeat('ana');
    await second.takeSeat('ana');
    const asleep = first.page.evaluate(() => {
      const end = Date.now() + 2500;
      while (Date.now() < end);
    });
    await second.moveSeatHere();
    expect(await second.seat()).toBe('here');
    await asleep;
    await until('the first window has seen it', async () => (await first.seat()) === 'elsewhere');
    expect(await second.seat()).toBe('here');
  });
});

describe('the device', () => {
  it('is described without asking for anything', async () => {
    const ana = new Person(await session.arrive('ana'));
    expect(await ana.abilities()).toMatchObject({
      ...{ browser: 'Chrome', form: 'desktop', canShareScreen: true, secureContext: true },
      ...{ documentPictureInPicture: true, microphones: expect.any(Number), cameras: expect.any(Number) },
    });
  });
});
