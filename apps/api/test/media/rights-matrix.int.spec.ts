import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mediaSources, noMediaRights } from '@deskside/media';
import type { MediaRights, MediaSource } from '@deskside/media';
import { endAllGuests } from '@deskside/media/server/testing';
import type { Guest } from '@deskside/media/server/testing';
import { post } from '../support/answer';
import type { Answer } from '../support/answer';
import type { ApiUnderTest } from '../support/api-under-test';
import { answered, enter, MediaUnderTest, ticketOf } from '../support/media-under-test';
import { operation, staffOperations } from '../support/operations';
import type { Staff } from '../support/people';
import { SharedScreen } from '../support/shared-screen';
import { until } from '../support/until';

const starting = 600_000;
let media: MediaUnderTest;
let api: ApiUnderTest;
let csr: Staff;
const inRooms: Guest[] = [];

beforeAll(async () => {
  media = await MediaUnderTest.start();
  api = await media.api();
  csr = await api.colleague(await api.firstAdministrator(), ['representative']);
}, starting);
afterAll(async () => {
  await Promise.all(inRooms.map((guest) => guest.leave()));
  await api.close();
  await media.close();
  await endAllGuests();
}, 60_000);

interface Situation {
  readonly who: 'ana' | 'csr';
  readonly maySend: readonly MediaSource[];
  readonly maySee: boolean;
  /** What happens before he enters the room. */
  readonly before?: (session: SharedScreen) => Promise<unknown>;
  /** What happens once he is in it. */
  readonly then?: (session: SharedScreen) => Promise<unknown>;
}

const talks = (session: SharedScreen, muted = false): Promise<unknown> => session.byAna('joinAudio', { muted });

/** Written by hand: who may send what to a real media server. */
const situations: Readonly<Record<string, Situation>> = {
  'whoever has agreed to nothing': { who: 'ana', maySend: [], maySee: false },
  'whoever was asked and has not answered': { who: 'ana', maySend: [], maySee: false, then: (s) => s.shown() },
  'whoever is choosing': { who: 'ana', maySend: [], maySee: false, then: (s) => s.choosing() },
  'the owner of a grant from before he came': {
    who: 'ana',
    maySend: ['screenShare'],
    maySee: false,
    before: (s) => s.granted(),
  },
  'the owner of a grant given in the room': {
    who: 'ana',
    maySend: ['screenShare'],
    maySee: false,
    then: (s) => s.granted(),
  },
  'its grantee': { who: 'csr', maySend: [], maySee: true, then: (s) => s.granted() },
  'somebody in the talk': { who: 'ana', maySend: ['microphone'], maySee: true, then: (s) => talks(s) },
  'somebody who is muted there': { who: 'ana', maySend: ['microphone'], maySee: true, then: (s) => talks(s, true) },
  'an owner who talks': {
    who: 'ana',
    maySend: ['screenShare', 'microphone'],
    maySee: true,
    then: (s) => s.granted().then(() => talks(s)),
  },
  'an owner after his Stop': {
    who: 'ana',
    maySend: [],
    maySee: false,
    then: async (s) => s.byAna('revokePermission', { grantId: await s.granted() }),
  },
  'an owner whose viewer has seen enough': {
    who: 'ana',
    maySend: [],
    maySee: false,
    then: async (s) => s.byCsr('endPermission', { grantId: await s.granted() }),
  },
  'somebody who has left the talk': {
    who: 'ana',
    maySend: [],
    maySee: false,
    then: (s) => talks(s).then(() => s.byAna('leaveAudio')),
  },
};
const names = Object.keys(situations);
const cells = names.flatMap((name) =>
  mediaSources.map((source) => {
    const may = situations[name]?.maySend.includes(source) ?? false;
    return { name, source, outcome: may ? 'sent' : 'refused' };
  }),
);

interface Outcome {
  readonly rights: MediaRights | undefined;
  readonly sent: Readonly<Record<string, string>>;
  /** As the media server says. */
  readonly carried: readonly (MediaSource | null)[];
}

async function playOut({ who, maySend, maySee, before, then }: Situation): Promise<Outcome> {
  const session = await SharedScreen.begin(api, csr);
  const { sessionId: room } = session;
  await before?.(session);
  const [person, identity] = who === 'ana' ? [session.ana, session.ana.participantId] : [csr, session.representative];
  const guest = await enter(api, await ticketOf(person, who === 'ana' ? undefined : room));
  inRooms.push(guest);
  await media.tell(api, { room, identity });
  await then?.(session);
  await media.has(room, identity, { subscribe: maySee, publish: maySend, data: false });
  const tried = await Promise.allSettled(mediaSources.map((source) => guest.publish(source)));
  const sent = mediaSources.map(
    (source, n) => [source, tried[n]?.status === 'fulfilled' ? 'sent' : 'refused'] as const,
  );
  const inRoom = await media.inRoom(room, identity);
  return {
    rights: inRoom?.rights,
    sent: Object.fromEntries(sent),
    carried: (inRoom?.tracks ?? []).map(({ source }) => source),
  };
}

describe(`what a real media server takes: ${names.length} situations x ${mediaSources.length} sources = ${cells.length} cells`, () => {
  const outcomes = new Map<string, Outcome>();

  // Whoever tries in vain waits for an answer that does not come: all at once.
  beforeAll(async () => {
    const played = await Promise.all(names.map((name) => playOut(situations[name] as Situation)));
    played.forEach((outcome, n) => outcomes.set(names[n] ?? '', outcome));
  }, 120_000);

  it.each(cells)('$source of $name: $outcome', ({ name, source, outcome }) => {
    const found = outcomes.get(name);
    expect(found?.sent[source]).toBe(outcome);
    expect(found?.carried.includes(source)).toBe(outcome === 'sent');
  });

  it('whoever may send nothing has an empty list and no track, not the right to everything', () => {
    for (const name of names.filter((one) => situations[one]?.maySend.length === 0)) {
      const { maySee: subscribe } = situations[name] as Situation;
      expect(outcomes.get(name)).toMatchObject({ rights: { ...noMediaRights, subscribe }, carried: [] });
    }
  });
});

describe('the way in', () => {
  it('a token holds the least: one room, an id and no name, nothing to send, two minutes', async () => {
    const session = await SharedScreen.begin(api, csr);
    const { sessionId: room } = session;
    await session.granted();
    const wanted = [
      [await ticketOf(session.ana), session.ana.participantId, false],
      [await ticketOf(csr, room), session.representative, true],
    ] as const;
    for (const [token, sub, canSubscribe] of wanted) {
      const claims = claimsOf(token);
      expect(claims).toMatchObject({ sub, video: { room, roomJoin: true, canSubscribe, canPublish: false } });
      expect(claims['name'] ?? '').toBe('');
      expect(claims['video']).toMatchObject({ canPublishData: false, canPublishSources: [] });
      expect(Number(claims['exp']) - Date.now() / 1000).toBeLessThanOrEqual(120);
    }
  });

  it('lies under the origin of the page that asks, and is closed to a stranger\u2019s page', async () => {
    const { sessionId } = await csr.startSession();
    const own = new URL(api.url).origin;
    const asked = async (origin: string): Promise<Answer> => {
      const query = operation(staffOperations, 'mediaAccess').text;
      const headers = { ...csr.headers, origin };
      return post(csr.url, { query, variables: { sessionId }, headers });
    };
    const url = `${own.replace('http', 'ws')}/media`;
    expect((await asked(own)).value).toMatchObject({ url });
    const elsewhere = await asked('https://elsewhere.example');
    expect(elsewhere.code).toBe('NOT_ALLOWED');
    expect(elsewhere.text).not.toContain('elsewhere');
  });

  it('whoever is removed, and everybody at the end, is put out of the room', async () => {
    const session = await SharedScreen.begin(api, csr);
    const { sessionId: room, ana } = session;
    const guests = [await enter(api, await ticketOf(ana)), await enter(api, await ticketOf(csr, room))];
    inRooms.push(...guests);
    const old = await ticketOf(ana);
    await session.byCsr('removeParticipant', { participantId: ana.participantId });
    await expectGone(room, ana.participantId);
    await expect(enter(api, old)).rejects.toBeDefined();
    // By LiveKit's own door the old token opens for a minute or two; they are put out again.
    const again = await enter(api, old, media.url);
    inRooms.push(again);
    await media.tell(api, { room, identity: ana.participantId });
    await expectGone(room, ana.participantId);
    await session.byCsr('endSession');
    await expectGone(room, session.representative);
    await until('the room is gone', async () => !(await answered(() => media.server.listRooms())).includes(room));
    await expect(enter(api, old)).rejects.toBeDefined();
  }, 60_000);
});

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
}

async function expectGone(room: string, identity: string): Promise<void> {
  await until(`${identity} is gone`, async () => (await media.inRoom(room, identity)) === undefined);
}
