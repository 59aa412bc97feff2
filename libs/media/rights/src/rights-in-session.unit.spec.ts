import { describe, expect, it } from '@jest/globals';
import { fold, supportSession } from '@deskside/domain';
import type { Recorded, SupportSession, SupportSessionEvent } from '@deskside/domain';
import fc from 'fast-check';
import { noMediaRights } from './media-rights';
import type { MediaRights } from './media-rights';
import { mediaRights, screenViewers } from './rights-in-session';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [csr, colleague, ana, ben, waits, stranger] = [id(1), id(2), id(3), id(4), id(5), id(6)];
const everybody = [csr, colleague, ana, ben, waits, stranger];
const name = { erased: true } as const;

function joined(participantId: string, role: 'primaryRepresentative' | 'primaryCustomer' | 'secondaryCustomer') {
  const payload = { participantId, role, personId: id(100 + everybody.indexOf(participantId)), name };
  return { type: 'ParticipantJoined', payload } as const;
}
function granted(grantId: string, ownerId = ana, grantees = [csr]): SupportSessionEvent {
  const what = { capability: 'desktop', access: 'view', surface: 'monitor', resumes: null } as const;
  return { type: 'PermissionGranted', payload: { requestId: id(70), grantId, ownerId, grantees, ...what } };
}
const about = (type: 'AudioJoined' | 'AudioMuted' | 'AudioLeft' | 'ParticipantLeft', participantId: string) =>
  ({ type, payload: { participantId } }) as const;
const ended: SupportSessionEvent = { type: 'SessionEnded', payload: { reason: 'endedByRepresentative', by: csr } };
const revoked: SupportSessionEvent = {
  type: 'PermissionRevoked',
  payload: { requestId: id(70), grantId: id(71), by: ana },
};

const start: readonly SupportSessionEvent[] = [
  joined(csr, 'primaryRepresentative'),
  joined(ana, 'primaryCustomer'),
  joined(ben, 'secondaryCustomer'),
  { type: 'JoinRequested', payload: { participantId: waits, customerId: id(105), name } },
];

function sessionAfter(...events: readonly SupportSessionEvent[]): SupportSession {
  return fold(supportSession, [...start, ...events].map(recorded));
}
function recorded(event: SupportSessionEvent, revision: number): Recorded<SupportSessionEvent> {
  const occurredAt = new Date(Date.UTC(2026, 10, 20, 9, 0, revision)).toISOString();
  return { ...event, revision, occurredAt, actor: { kind: 'system', id: 'system' } };
}
const shares: MediaRights = { subscribe: false, publish: ['screenShare'], data: false };
const sees: MediaRights = { subscribe: true, publish: [], data: false };
const talks: MediaRights = { subscribe: true, publish: ['microphone'], data: false };

describe('the rights in the media room', () => {
  it('are none before anybody has agreed to anything', () => {
    for (const who of everybody) expect(mediaRights(sessionAfter(), who)).toEqual(noMediaRights);
    for (const who of everybody) expect(mediaRights({ status: 'absent' }, who)).toEqual(noMediaRights);
  });

  it('are a screen for its owner and a look for the grantee, while the grant is live', () => {
    const session = sessionAfter(granted(id(71)));
    expect(mediaRights(session, ana)).toEqual(shares);
    expect(mediaRights(session, csr)).toEqual(sees);
    for (const who of [colleague, ben, waits, stranger]) expect(mediaRights(session, who)).toEqual(noMediaRights);
    expect(screenViewers(session, ana)).toEqual([csr]);
    expect(screenViewers(session, ben)).toEqual([]);
  });

  it('are over with the revoke, and stay over for a grant that was given up before another', () => {
    expect(mediaRights(sessionAfter(granted(id(71)), revoked), ana)).toEqual(noMediaRights);
    expect(mediaRights(sessionAfter(granted(id(71)), revoked), csr)).toEqual(noMediaRights);
    expect(mediaRights(sessionAfter(granted(id(71)), revoked, granted(id(72))), ana)).toEqual(shares);
  });

  it('are a voice for whoever takes part in the talk, muted or not', () => {
    expect(mediaRights(sessionAfter(about('AudioJoined', ben)), ben)).toEqual(talks);
    expect(mediaRights(sessionAfter(about('AudioJoined', ben), about('AudioMuted', ben)), ben)).toEqual(talks);
    expect(mediaRights(sessionAfter(about('AudioJoined', ben), about('AudioLeft', ben)), ben)).toEqual(noMediaRights);
    expect(mediaRights(sessionAfter(about('AudioJoined', ana), granted(id(71))), ana)).toEqual({
      ...{ subscribe: true, publish: ['screenShare', 'microphone'], data: false },
    });
  });

  it('are none for whoever waits, has left or never was in, whatever names him', () => {
    const named = sessionAfter(granted(id(71), waits, [stranger]), about('AudioJoined', waits));
    for (const who of [waits, stranger]) expect(mediaRights(named, who)).toEqual(noMediaRights);
    expect(screenViewers(named, waits)).toEqual([]);
    const left = sessionAfter(granted(id(71)), about('ParticipantLeft', ana));
    expect(mediaRights(left, ana)).toEqual(noMediaRights);
    for (const odd of ['', '__proto__', 'constructor']) expect(mediaRights(named, odd)).toEqual(noMediaRights);
  });

  it('are none for anybody once the session is over', () => {
    const session = sessionAfter(granted(id(71)), about('AudioJoined', csr), ended);
    for (const who of everybody) expect(mediaRights(session, who)).toEqual(noMediaRights);
    expect(screenViewers(session, ana)).toEqual([]);
  });
});

/** Events in any order, whether or not the rules would have written them: rights follow what stands in the log. */
const anyone = fc.constantFrom(...everybody);
const grantIds = fc.constantFrom(id(71), id(72), id(73));
const anyEvent: fc.Arbitrary<SupportSessionEvent> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(grantIds, anyone, fc.array(anyone, { minLength: 1, maxLength: 3 })).map((g) => granted(...g)),
  },
  {
    weight: 4,
    arbitrary: fc.record({ grantId: grantIds, by: anyone }).map(({ grantId, by }): SupportSessionEvent => ({
      type: 'PermissionRevoked',
      payload: { requestId: id(70), grantId, by },
    })),
  },
  {
    weight: 3,
    arbitrary: grantIds.map((grantId): SupportSessionEvent => ({
      type: 'PermissionEnded',
      payload: { requestId: id(70), grantId, by: null, reason: 'pageClosed' },
    })),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(fc.constantFrom('AudioJoined', 'AudioMuted', 'AudioLeft'), anyone).map((a) => about(...a)),
  },
  { weight: 2, arbitrary: anyone.map((who) => about('ParticipantLeft', who)) },
  {
    weight: 2,
    arbitrary: anyone.map((participantId): SupportSessionEvent => ({
      type: 'ParticipantRemoved',
      payload: { participantId },
    })),
  },
  { weight: 2, arbitrary: anyone.map((who) => joined(who, 'secondaryCustomer')) },
  { weight: 1, arbitrary: fc.constant(ended) },
);
const lowering = new Set<string>([
  ...['PermissionRevoked', 'PermissionEnded', 'AudioLeft', 'AudioMuted'],
  ...['ParticipantLeft', 'ParticipantRemoved', 'SessionEnded'],
]);

describe('in every state that events can lead to', () => {
  const states = fc.array(anyEvent, { maxLength: 40 });
  const walk = (events: readonly SupportSessionEvent[], look: (now: Step) => void): void => {
    let before = sessionAfter();
    events.forEach((event, n) => {
      const after = supportSession.evolve(before, recorded(event, start.length + n));
      look({ before, after, event });
      before = after;
    });
  };
  interface Step {
    readonly before: SupportSession;
    readonly after: SupportSession;
    readonly event: SupportSessionEvent;
  }
  const runs = { numRuns: 1000 };

  it('no screen lives without a live grant of its owner, no voice without a place in the talk', () => {
    fc.assert(
      fc.property(states, (events) =>
        walk(events, ({ after }) => {
          if (after.status === 'absent') return;
          for (const who of everybody) {
            const { publish, data } = mediaRights(after, who);
            const owns = Object.values(after.grants).some((grant) => grant.ownerId === who && grant.ended === null);
            const isIn = ['present', 'away'].includes(after.participants[who]?.presence ?? '');
            if (publish.length > 0) expect({ status: after.status, isIn }).toEqual({ status: 'open', isIn: true });
            if (publish.includes('screenShare')) expect(owns).toBe(true);
            if (publish.includes('microphone')) expect(after.audio[who]).toBeDefined();
            expect(publish).not.toContain('camera');
            expect(data).toBe(false);
          }
        }),
      ),
      runs,
    );
  });

  it('whoever receives is a grantee of a live grant or takes part in the talk', () => {
    fc.assert(
      fc.property(states, (events) =>
        walk(events, ({ after }) => {
          if (after.status === 'absent') return;
          const live = Object.values(after.grants).filter((grant) => grant.ended === null);
          for (const who of everybody)
            if (mediaRights(after, who).subscribe)
              expect(live.some(({ grantees }) => grantees.includes(who)) || after.audio[who] !== undefined).toBe(true);
        }),
      ),
      runs,
    );
  });

  it('nobody has anything after the end, and no event that takes something gives anybody anything', () => {
    fc.assert(
      fc.property(states, (events) =>
        walk(events, ({ before, after, event }) => {
          for (const who of everybody) {
            const [had, has] = [mediaRights(before, who), mediaRights(after, who)];
            if (after.status === 'ended') expect(has).toEqual(noMediaRights);
            if (!lowering.has(event.type) || event.type === 'AudioMuted') continue;
            expect(has.publish.filter((source) => !had.publish.includes(source))).toEqual([]);
            expect(has.subscribe && !had.subscribe).toBe(false);
          }
        }),
      ),
      runs,
    );
  });

  it('whoever sees a screen is one of those who may receive', () => {
    fc.assert(
      fc.property(states, (events) =>
        walk(events, ({ after }) => {
          for (const owner of everybody) {
            const viewers = screenViewers(after, owner);
            expect(viewers.length === 0 || mediaRights(after, owner).publish.includes('screenShare')).toBe(true);
            for (const who of viewers) expect(mediaRights(after, who).subscribe).toBe(true);
          }
        }),
      ),
      runs,
    );
  });
});
