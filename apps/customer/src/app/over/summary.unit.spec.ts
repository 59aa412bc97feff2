import { describe, expect, test } from '@jest/globals';
import type { FeedEvent } from '@deskside/ui';
import { recorded } from '@deskside/ui';
import { supportSession } from '@deskside/domain';
import { lengthOf, summaryOf } from './summary';
import type { Summary } from './summary';

const minute = (n: number): string => `2026-11-20T09:${String(n).padStart(2, '0')}:00.000Z`;

function summaryAfter(...written: readonly (readonly [number, string, object])[]): Summary {
  const all = [
    [0, 'ParticipantJoined', { participantId: 'rep', role: 'primaryRepresentative', personId: 'rep', name: 'Marko' }],
    [0, 'ParticipantJoined', { participantId: 'ana', role: 'primaryCustomer', personId: 'ana', name: 'Ana' }],
    ...written,
  ] as const;
  const events: FeedEvent[] = all.map(([at, type, payload], revision) => ({
    ...{ type, payload, revision, occurredAt: minute(at) },
    actor: { kind: 'system', id: 's' },
  }));
  const session = events.reduce(
    (state, event) => supportSession.evolve(state, recorded(event)),
    supportSession.initialState(),
  );
  if (session.status === 'absent') throw new Error('unexpected');
  return summaryOf({ session, events, me: 'ana', until: minute(30) });
}

const granted = (grantId: string): object => ({
  ...{ requestId: 'r', grantId, capability: 'desktop', access: 'view', ownerId: 'ana' },
  ...{ grantees: ['rep'], surface: 'monitor', resumes: null },
});
const line = (messageId: string): object => ({ messageId, authorId: 'ana', to: 'all', text: 'hello' });

describe('what was done', () => {
  test('is nothing but words when nothing else was', () => {
    expect(summaryAfter([1, 'ChatMessageSent', line('m')], [2, 'ChatMessageSent', line('n')])).toEqual({
      ...{ seen: [], viewers: [], talked: [], lines: 2 },
    });
  });

  test('names each time in which the screen was seen, and by whom', () => {
    const { seen, viewers } = summaryAfter(
      [4, 'PermissionGranted', granted('g')],
      [10, 'PermissionRevoked', { requestId: 'r', grantId: 'g', by: 'ana' }],
      [20, 'PermissionGranted', granted('h')],
    );
    expect(seen).toEqual([
      { from: minute(4), until: minute(10) },
      { from: minute(20), until: minute(30) },
    ]);
    expect(viewers).toEqual(['rep']);
    expect(lengthOf(seen)).toBe(16 * 60_000);
  });

  test('names each time in which one talked, not when the other did', () => {
    const { talked } = summaryAfter(
      [1, 'AudioJoined', { participantId: 'rep' }],
      [2, 'AudioJoined', { participantId: 'ana' }],
      [3, 'AudioMuted', { participantId: 'ana' }],
      [5, 'AudioLeft', { participantId: 'ana' }],
      [6, 'AudioJoined', { participantId: 'ana' }],
    );
    expect(talked).toEqual([
      { from: minute(2), until: minute(5) },
      { from: minute(6), until: minute(30) },
    ]);
  });
});
