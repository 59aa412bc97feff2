import { describe, expect, it } from '@jest/globals';
import { fold, supportSession } from '@deskside/domain';
import { recorded } from '@deskside/ui';
import type { FeedEvent } from '@deskside/ui';
import { doneIn } from './done-in';
import type { Done } from './done-in';

const me = { participantId: 'me', role: 'primaryRepresentative', personId: 'account', name: 'Marko' };
const ana = { participantId: 'ana', role: 'primaryCustomer', personId: 'customer', name: 'Ana' };
const desktop = { capability: 'desktop', access: 'view', ownerId: 'ana', grantees: ['me'], surface: 'monitor' };

/** The events happen a minute apart. */
function done(...events: readonly (readonly [string, object])[]): readonly Done[] {
  const played: readonly FeedEvent[] = events.map(([type, payload], revision) => ({
    ...{ type, payload, revision, actor: { kind: 'system', id: 's' } },
    occurredAt: `2026-11-20T12:${String(revision).padStart(2, '0')}:00.000Z`,
  }));
  return doneIn(fold(supportSession, played.map(recorded)), played);
}

const ended = ['SessionEnded', { reason: 'endedByRepresentative', by: 'me' }] as const;
const joined = [
  ['ParticipantJoined', me],
  ['ParticipantJoined', ana],
] as const;

describe('what was done in a session', () => {
  it('is nothing while it goes on, and nothing where nothing was done', () => {
    expect(done(...joined, ['AudioJoined', { participantId: 'me' }])).toEqual([]);
    expect(done(...joined, ended)).toEqual([]);
  });

  it('is how often and how long the screen was seen', () => {
    const share = ['PermissionGranted', { requestId: 'r', grantId: 'g', resumes: null, ...desktop }] as const;
    const over = ['PermissionRevoked', { requestId: 'r', grantId: 'g', by: 'ana' }] as const;
    expect(done(...joined, share, over, ended)).toEqual([{ kind: 'seen', count: 1, milliseconds: 60_000 }]);
  });

  it('is how long two talked, not how long one waited alone', () => {
    const alone = ['AudioJoined', { participantId: 'me' }] as const;
    const both = ['AudioJoined', { participantId: 'ana' }] as const;
    expect(done(...joined, alone, ended)).toEqual([]);
    expect(done(...joined, alone, both, ended)).toEqual([{ kind: 'talked', count: 1, milliseconds: 60_000 }]);
    expect(done(...joined, alone, both, ['AudioLeft', { participantId: 'ana' }], ended)).toEqual([
      { kind: 'talked', count: 1, milliseconds: 60_000 },
    ]);
  });

  it('is lines and notes by their number', () => {
    const line = ['ChatMessageSent', { messageId: 'm', authorId: 'ana', to: 'all', text: 'x' }] as const;
    const note = ['NoteSaved', { noteId: 'n', version: 1, authorId: 'account', text: 'x' }] as const;
    expect(done(...joined, line, note, ended).map(({ kind, count }) => [kind, count])).toEqual([
      ['wrote', 1],
      ['noted', 1],
    ]);
  });
});
