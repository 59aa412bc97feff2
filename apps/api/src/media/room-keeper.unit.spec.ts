import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { fold, supportSession } from '@deskside/domain';
import type { KnownSession, SupportSessionEvent } from '@deskside/domain';
import { noMediaRights } from '@deskside/media';
import type { MediaRights } from '@deskside/media';
import { MediaFailure } from '@deskside/media/server';
import type { MediaParticipant, MediaServer } from '@deskside/media/server';
import { RoomKeeper } from './room-keeper';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [room, csr, ana, stranger, grantId] = [id(1), id(2), id(3), id(4), id(5)];
const shares: MediaRights = { ...noMediaRights, publish: ['screenShare'] };
const everything: MediaRights = { subscribe: true, publish: ['screenShare', 'microphone', 'camera'], data: true };

function joined(participantId: string, role: 'primaryRepresentative' | 'primaryCustomer'): SupportSessionEvent {
  return {
    type: 'ParticipantJoined',
    payload: { participantId, role, personId: participantId, name: { erased: true } },
  };
}
const granted: SupportSessionEvent = {
  type: 'PermissionGranted',
  payload: {
    ...{ requestId: id(6), grantId, capability: 'desktop', access: 'view', surface: 'monitor', resumes: null },
    ...{ ownerId: ana, grantees: [csr] },
  },
};
const revoked: SupportSessionEvent = { type: 'PermissionRevoked', payload: { requestId: id(6), grantId, by: ana } };
const over: SupportSessionEvent = { type: 'SessionEnded', payload: { reason: 'endedByRepresentative', by: csr } };

function session(...events: readonly SupportSessionEvent[]): KnownSession {
  const all = [joined(csr, 'primaryRepresentative'), joined(ana, 'primaryCustomer'), ...events];
  return fold(
    supportSession,
    all.map((event, revision) => ({
      ...{ ...event, revision, occurredAt: '2026-11-20T09:00:00.000Z', actor: { kind: 'system', id: 'x' } as const },
    })),
  ) as KnownSession;
}

/** One room in memory that can be slow, fail and count. */
class Room {
  readonly people = new Map<string, MediaRights>();
  readonly calls: string[] = [];
  failures = 0;
  /** Held calls go on when it settles. */
  hold: Promise<void> | undefined;
  closed = false;

  readonly server = {
    participants: async () => {
      this.#call('participants');
      return [...this.people].map(([identity, rights]): MediaParticipant => ({ identity, rights, tracks: [] }));
    },
    setRights: async (_room: string, identity: string, rights: MediaRights) => {
      this.#call(`set ${identity}`);
      const { hold } = this;
      this.hold = undefined;
      await hold;
      if (!this.people.has(identity)) throw new MediaFailure('MEDIA_NOT_FOUND', 'gone');
      this.people.set(identity, rights);
    },
    removeParticipant: async (_room: string, identity: string) => {
      this.#call(`remove ${identity}`);
      this.people.delete(identity);
    },
    closeRoom: async () => {
      this.#call('close');
      this.closed = true;
      this.people.clear();
    },
  } as unknown as MediaServer;

  #call(name: string): void {
    this.calls.push(name);
    if (this.failures === 0) return;
    this.failures -= 1;
    throw new MediaFailure('MEDIA_UNAVAILABLE', 'away');
  }
}

let keeper: RoomKeeper;
afterEach(() => {
  keeper.close();
  jest.useRealTimers();
});

/** What stands in the log, what this node knows of it, and whether there is a media server. */
function given(
  log: KnownSession | null,
  known = log,
): {
  media: Room;
  now: { log: typeof log; known: typeof log; ready: boolean; mayServe: boolean };
  failed: unknown[];
} {
  const now = { log, known, ready: true, mayServe: true };
  const media = new Room();
  const failed: unknown[] = [];
  keeper = new RoomKeeper(room, {
    server: media.server,
    sessions: { find: async () => now.known, findAfresh: async () => now.log },
    mayServe: async () => now.mayServe,
    onFailure: (error) => failed.push(error),
    isReady: () => now.ready,
  });
  return { media, now, failed };
}

describe('a comparison', () => {
  it('takes a raise back at once when a revoke came while it was on its way', async () => {
    const { media, now } = given(session(granted));
    media.people.set(ana, noMediaRights);
    const whileOnItsWay = (go: () => void): void => {
      now.log = now.known = session(granted, revoked);
      go();
    };
    media.hold = { then: whileOnItsWay } as unknown as Promise<void>;
    await keeper.compare();
    expect(media.calls.slice(0, 3)).toEqual(['participants', `set ${ana}`, `set ${ana}`]);
    expect(media.people.get(ana)).toEqual(noMediaRights);
  });

  it('puts out a representative whose account may not serve any more, and nobody else', async () => {
    const { media, now } = given(session(granted));
    media.people.set(ana, shares).set(csr, { ...noMediaRights, subscribe: true });
    now.mayServe = false;
    expect(await keeper.compare()).toBe(true);
    expect([...media.people.keys()]).toEqual([ana]);
  });

  it('raises what the log allows', async () => {
    const { media } = given(session(granted));
    media.people.set(ana, noMediaRights).set(csr, noMediaRights);
    expect(await keeper.compare()).toBe(true);
    expect(media.people.get(ana)).toEqual(shares);
    expect(media.people.get(csr)).toEqual({ ...noMediaRights, subscribe: true });
  });

  it('raises nothing that only this node believes, nor what it knows to be over', async () => {
    const believes = given(session(), session(granted));
    believes.media.people.set(ana, noMediaRights);
    await keeper.compare();
    expect(believes.media.calls).not.toContain(`set ${ana}`);
    const knows = given(session(granted), session(granted, revoked));
    knows.media.people.set(ana, noMediaRights);
    await keeper.compare();
    expect(knows.media.people.get(ana)).toEqual(noMediaRights);
  });

  it('puts out whoever the session does not know, and everybody when it is over', async () => {
    const { media, now } = given(session(granted));
    media.people.set(stranger, everything).set(ana, everything);
    expect(await keeper.compare()).toBe(true);
    expect([...media.people]).toEqual([[ana, shares]]);
    now.log = session(granted, over);
    expect(await keeper.compare()).toBe(true);
    expect(media.closed).toBe(true);
  });

  it('leaves alone a room that is none of ours', async () => {
    const { media } = given(null);
    media.people.set(stranger, everything);
    expect(await keeper.compare()).toBe(true);
    expect(media.calls).toEqual([]);
  });

  it('goes on when somebody has left the room in the middle', async () => {
    const { media } = given(session(granted));
    media.people.set(ana, noMediaRights);
    media.hold = Promise.resolve().then(() => void media.people.delete(ana));
    expect(await keeper.compare()).toBe(true);
  });

  it('that was asked for often while one runs is made once more', async () => {
    const { media } = given(session());
    const [, ...others] = [keeper.compare(), keeper.compare(), keeper.compare(), keeper.compare()];
    await Promise.all(others);
    expect(media.calls).toEqual(['participants']);
    const running = keeper.compare();
    await Promise.resolve();
    await Promise.all([running, keeper.compare(), keeper.compare()]);
    expect(media.calls).toHaveLength(3);
  });

  it('is tried again, longer apart each time, until it is done', async () => {
    jest.useFakeTimers();
    const { media, failed } = given(session(granted));
    media.people.set(ana, noMediaRights);
    media.failures = 3;
    expect(await keeper.compare()).toBe(false);
    const tried: number[] = [];
    for (const wait of [250, 500, 1000]) {
      await jest.advanceTimersByTimeAsync(wait - 1);
      tried.push(media.calls.length);
      await jest.advanceTimersByTimeAsync(1);
    }
    expect(tried).toEqual([1, 2, 3]);
    expect(media.people.get(ana)).toEqual(shares);
    expect(failed).toEqual([]);
    // It looks once more whether it is as it was set.
    expect(keeper.isIdle).toBe(false);
    expect(await keeper.compare()).toBe(true);
    expect(keeper.isIdle).toBe(true);
  });

  it('does nothing while there is no media server, and stops for good when it is closed', async () => {
    jest.useFakeTimers();
    const { media, now } = given(session(granted));
    now.ready = false;
    expect(await keeper.compare()).toBe(false);
    expect(media.calls).toEqual([]);
    now.ready = true;
    media.failures = 1;
    await keeper.compare();
    keeper.close();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(media.calls).toHaveLength(1);
  });

  it('says what is no fault of the media server', async () => {
    const { media, failed } = given(session(granted));
    const broken = new Error('broken');
    media.server.participants = async () => Promise.reject(broken);
    expect(await keeper.compare()).toBe(false);
    expect(failed).toEqual([broken]);
  });
});

describe('lowering', () => {
  it('takes away at once, and gives nobody anything', async () => {
    const { media } = given(session(granted));
    media.people.set(ana, everything).set(csr, noMediaRights);
    await keeper.lower(session(granted));
    expect(media.people.get(ana)).toEqual(shares);
    expect(media.people.get(csr)).toEqual(noMediaRights);
    await keeper.lower(session(granted, revoked));
    expect(media.people.get(ana)).toEqual(noMediaRights);
  });

  it('wins over a raise that is on its way when it comes', async () => {
    const { media, now } = given(session(granted));
    media.people.set(ana, noMediaRights);
    let arrive: () => void = () => undefined;
    media.hold = new Promise((settle) => (arrive = settle));
    const raising = keeper.compare();
    while (!media.calls.includes(`set ${ana}`)) await Promise.resolve();
    now.log = now.known = session(granted, revoked);
    await keeper.lower(now.log);
    const compared = keeper.compare();
    arrive();
    await Promise.all([raising, compared]);
    expect(media.people.get(ana)).toEqual(noMediaRights);
  });

  it('of many commands while the media server is slow becomes one more, with the last of them', async () => {
    const { media } = given(session(granted));
    media.people.set(ana, shares);
    let answer: () => void = () => undefined;
    const slow = new Promise<void>((settle) => (answer = settle));
    const { participants } = media.server;
    media.server.participants = (name) => slow.then(() => participants(name));
    const lowered = Array.from({ length: 1000 }, () => keeper.lower(session(granted)));
    lowered.push(keeper.lower(session(granted, revoked)));
    expect(keeper.isIdle).toBe(false);
    answer();
    await Promise.all(lowered);
    expect(media.people.get(ana)).toEqual(noMediaRights);
    expect(media.calls.filter((call) => call === 'participants')).toHaveLength(5);
    expect(keeper.isIdle).toBe(true);
  });

  it('that fails is left to the comparison that follows', async () => {
    const { media, now, failed } = given(session(granted, revoked));
    media.people.set(ana, shares);
    media.failures = 1;
    await keeper.lower(now.log as KnownSession);
    expect(media.people.get(ana)).toEqual(shares);
    expect(await keeper.compare()).toBe(true);
    expect(media.people.get(ana)).toEqual(noMediaRights);
    expect(failed).toEqual([]);
  });
});
