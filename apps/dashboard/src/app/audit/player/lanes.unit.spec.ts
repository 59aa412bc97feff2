import { describe, expect, it } from '@jest/globals';
import { eventRegistry } from '@deskside/domain';
import type { FeedEvent } from '@deskside/ui';
import { laneOf, lanesOf } from './lanes';

const actor = { kind: 'representative', id: 'r' };
const start = Date.UTC(2026, 10, 20, 12, 0, 0);

function story(...told: readonly (readonly [seconds: number, type: string, payload?: object])[]): readonly FeedEvent[] {
  return told.map(([seconds, type, payload = {}], revision) => ({
    ...{ revision, type, payload, actor },
    occurredAt: new Date(start + seconds * 1_000).toISOString(),
  }));
}

function drawn(events: readonly FeedEvent[]): Record<string, string[]> {
  const seconds = (at: number): number => (at - start) / 1_000;
  return Object.fromEntries(
    lanesOf(events).map(({ name, stretches, marks }) => [
      name,
      [...stretches.map(({ kind, from, to }) => `${kind} ${seconds(from)}-${seconds(to)}`), `at ${marks.map(seconds)}`],
    ]),
  );
}

describe('the lanes of a session', () => {
  it('show from when to when was asked, seen and talked', () => {
    const events = story(
      [0, 'SessionStarted'],
      [1, 'ParticipantJoined', { participantId: 'c' }],
      [2, 'PermissionRequested', { requestId: 'q' }],
      [5, 'PermissionGranted', { requestId: 'q', grantId: 'g' }],
      [6, 'AudioJoined', { participantId: 'c' }],
      [9, 'PermissionRevoked', { requestId: 'q', grantId: 'g' }],
      [10, 'ParticipantLeft', { participantId: 'c' }],
    );
    expect(drawn(events)).toEqual({
      consent: ['asked 2-5', 'live 5-9', 'at 2,5,9'],
      audio: ['talk 6-10', 'at 6'],
      people: ['at 1,10'],
      system: ['at 0'],
    });
  });

  it('show what nobody ended up to the end of what is known', () => {
    const events = story([0, 'PermissionGranted', { requestId: 'q', grantId: 'g' }], [7, 'ChatMessageSent']);
    expect(drawn(events)['consent']).toEqual(['live 0-7', 'at 0']);
  });

  it('count a share that is taken up again as a stretch of its own', () => {
    const events = story(
      [0, 'PermissionGranted', { requestId: 'q', grantId: 'g' }],
      [3, 'PermissionEnded', { requestId: 'q', grantId: 'g' }],
      [5, 'PermissionGranted', { requestId: 'q', grantId: 'h' }],
      [8, 'PermissionRevoked', { requestId: 'q', grantId: 'h' }],
    );
    expect(drawn(events)['consent']?.slice(0, 2)).toEqual(['live 0-3', 'live 5-8']);
  });

  it('begin and end nothing with an event that cannot be read', () => {
    const [asked, ...others] = story([0, 'PermissionRequested'], [1, 'ChatMessageSent'], [4, 'AudioJoined']);
    if (asked === undefined) throw new Error('Something was told.');
    const lost = [asked, ...others].map((event) => ({ ...event, unreadable: true }));
    expect(drawn(lost)).toEqual({ consent: ['at 0'], audio: ['at 4'], chat: ['at 1'] });
  });

  it('have a place for every event that a session can have', () => {
    expect(laneOf('ParticipantDisconnected')).toBe('people');
    expect(laneOf('InvitationFailed')).toBe('invitations');
    expect(laneOf('SomethingNewer')).toBe('system');
    const consent = [...eventRegistry.keys()].filter((type) => type.startsWith('Permission'));
    expect(new Set(consent.map(laneOf))).toEqual(new Set(['consent']));
  });
});
