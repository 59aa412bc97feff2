import { describe, expect, test } from '@jest/globals';
import type { KnownSession, Recorded, SupportSessionEvent } from '@deskside/domain';
import { supportSession } from '@deskside/domain';
import { questionOf, remainingMs, shownOf } from './question';

type Written = { readonly type: string; readonly payload: object };
const expiresAt = '2026-11-20T09:02:00.000Z';

function sessionOf(...events: Written[]): KnownSession {
  const session = events
    .map((event, revision) => ({
      ...event,
      revision,
      occurredAt: new Date(Date.parse('2026-11-20T09:00:00.000Z') + revision * 1000).toISOString(),
      actor: { kind: 'system', id: 's' },
    }))
    .reduce(
      (state, event) => supportSession.evolve(state, event as Recorded<SupportSessionEvent>),
      supportSession.initialState(),
    );
  if (session.status === 'absent') throw new Error('unexpected');
  return session;
}

const joined = (participantId: string, role: string): Written => ({
  type: 'ParticipantJoined',
  payload: { participantId, role, personId: participantId, name: participantId },
});
const here = [joined('rep', 'primaryRepresentative'), joined('ana', 'primaryCustomer')];
const asked = (requestId: string, ownerId = 'ana'): Written => ({
  type: 'PermissionRequested',
  payload: { requestId, capability: 'desktop', access: 'view', ownerId, requestedBy: 'rep', grantees: ['rep'] },
});
const about = (type: string, requestId: string, more: object = {}): Written => ({
  type,
  payload: { requestId, ...more },
});
const shown = (id: string): Written => about('PermissionRequestShown', id, { expiresAt });
const granted = (grantId: string, requestId: string): Written =>
  about('PermissionGranted', requestId, {
    ...{ grantId, capability: 'desktop', access: 'view', ownerId: 'ana', grantees: ['rep'] },
    ...{ surface: 'monitor', resumes: null },
  });
const over = (grantId: string, reason: string): Written =>
  about('PermissionEnded', 'r', { grantId, by: 'ana', reason });
const left: Written = { type: 'ParticipantLeft', payload: { participantId: 'rep' } };
const ended: Written = { type: 'SessionEnded', payload: { reason: 'endedByRepresentative', by: 'rep' } };
const none: ReadonlySet<string> = new Set();

describe('the question that stands before me', () => {
  test.each([
    ['nobody has asked', [], 'none'],
    ['it came in', [asked('r')], 'asked'],
    ['it is on the screen', [asked('r'), shown('r')], 'asked'],
    ['I choose', [asked('r'), shown('r'), about('PermissionApproved', 'r')], 'choosing'],
    [
      'I chose nothing',
      [
        asked('r'),
        about('PermissionApproved', 'r'),
        about('PermissionNothingChosen', 'r', { reason: 'nothingChosen', expiresAt }),
      ],
      'asked',
    ],
    ['it was granted', [asked('r'), about('PermissionApproved', 'r'), granted('g', 'r')], 'none'],
    ['I said no', [asked('r'), about('PermissionDenied', 'r')], 'none'],
    ['it was taken back', [asked('r'), about('PermissionWithdrawn', 'r', { by: 'rep' })], 'withdrawn'],
    ['its time is over', [asked('r'), shown('r'), about('PermissionTimedOut', 'r')], 'timedOut'],
    ['a later one came', [asked('r'), about('PermissionWithdrawn', 'r', { by: 'rep' }), asked('s')], 'asked'],
    ['somebody else was asked', [asked('r', 'bo')], 'none'],
    ['the session is over', [asked('r'), ended], 'none'],
  ] as const)('when %s', (_, events, at) => {
    expect(questionOf(sessionOf(...here, ...events), 'ana', none).at).toBe(at);
  });

  test('is gone once its going was read', () => {
    const session = sessionOf(...here, asked('r'), about('PermissionTimedOut', 'r'));
    expect(questionOf(session, 'ana', new Set(['r'])).at).toBe('none');
  });

  test('has its time from its display on, never less than none', () => {
    const before = questionOf(sessionOf(...here, asked('r')), 'ana', none);
    const after = questionOf(sessionOf(...here, asked('r'), shown('r')), 'ana', none);
    if (before.at !== 'asked' || after.at !== 'asked') throw new Error('unexpected');
    expect(remainingMs(before.request, 0)).toBeNull();
    expect(remainingMs(after.request, Date.parse(expiresAt) - 47_000)).toBe(47_000);
    expect(remainingMs(after.request, Date.parse(expiresAt) + 1)).toBe(0);
  });
});

describe('what others see of me', () => {
  const live = [...here, asked('r'), about('PermissionApproved', 'r'), granted('g', 'r')];
  test.each([
    ['nothing was granted', here, 'nothing'],
    ['it runs', live, 'live'],
    ['I stopped it', [...live, about('PermissionRevoked', 'r', { grantId: 'g', by: 'ana' })], 'nothing'],
    ['the viewer ended it', [...live, over('g', 'endedByViewer')], 'nothing'],
    ['its page was closed', [...live, over('g', 'pageClosed')], 'resumable'],
    ['the browser ended it', [...live, over('g', 'captureEnded')], 'resumable'],
    ['its page was closed and it is asked for anew', [...live, over('g', 'pageClosed'), asked('s')], 'nothing'],
    ['its page was closed and nobody is there to see', [...live, over('g', 'pageClosed'), left], 'nothing'],
    ['it was taken up again', [...live, over('g', 'pageClosed'), granted('h', 'r')], 'live'],
    ['the session is over', [...live, ended], 'nothing'],
  ] as const)('when %s', (_, events, at) => {
    expect(shownOf(sessionOf(...events), 'ana', none).at).toBe(at);
  });

  test('is not offered again to whoever said no to that', () => {
    const session = sessionOf(...live, over('g', 'pageClosed'));
    expect(shownOf(session, 'ana', new Set(['g'])).at).toBe('nothing');
    expect(shownOf(session, 'rep', none).at).toBe('nothing');
  });
});
