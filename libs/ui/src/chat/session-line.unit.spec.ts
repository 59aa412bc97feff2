import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { choiceFailures, fold, grantEndings, supportSession } from '@deskside/domain';
import type { KnownSession } from '@deskside/domain';
import { recorded } from '../session-feed/feed-event';
import type { FeedEvent } from '../session-feed/feed-event';
import { sessionLine } from './session-line';

let revision = 0;
const event = (type: string, payload: object): FeedEvent => ({
  revision: revision++,
  type,
  payload,
  occurredAt: '2026-11-20T09:00:00.000Z',
  actor: { kind: 'system', id: 's' },
});
const asked = event('PermissionRequested', {
  requestId: 'r',
  capability: 'desktop',
  access: 'view',
  ownerId: 'ana',
  requestedBy: 'rep',
  grantees: ['rep'],
});
const session = fold(supportSession, [
  recorded(
    event('ParticipantJoined', { participantId: 'ana', role: 'primaryCustomer', personId: 'customer', name: 'Ana' }),
  ),
  recorded(asked),
]) as KnownSession;
const line = (type: string, payload: object): ReturnType<typeof sessionLine> =>
  sessionLine(event(type, payload), session);

describe('a thin line in the chat', () => {
  test('names whoever asked, and whoever answered', () => {
    expect(sessionLine(asked, session)).toEqual({ sentence: 'PermissionRequested', who: 'rep' });
    expect(line('PermissionDenied', { requestId: 'r' })).toEqual({ sentence: 'PermissionDenied', who: 'ana' });
    expect(line('PermissionTimedOut', { requestId: 'r' })).toEqual({ sentence: 'PermissionTimedOut', who: 'ana' });
  });

  test('says whether a share is the first or goes on', () => {
    expect(line('PermissionGranted', { ownerId: 'ana', resumes: null })?.sentence).toBe('PermissionGranted.first');
    expect(line('PermissionGranted', { ownerId: 'ana', resumes: 'g' })?.sentence).toBe('PermissionGranted.again');
  });

  test('is not there where another line says it already', () => {
    for (const reason of ['ownerLeft', 'viewersLeft', 'sessionEnded'])
      expect(line('PermissionEnded', { by: 'ana', reason })).toBeNull();
    expect(line('PermissionWithdrawn', { by: null })).toBeNull();
    expect(line('PermissionWithdrawn', { by: 'rep' })).toEqual({ sentence: 'PermissionWithdrawn', who: 'rep' });
  });

  test('is not there for what only the log tells, nor for a type of tomorrow', () => {
    for (const type of ['DeviceDescribed', 'AudioMuted', 'PermissionApproved', 'NoteSaved', 'constructor'])
      expect(line(type, {})).toBeNull();
  });

  test.each(['en', 'sr-Latn', 'zh-Hant-TW'])('has its text in %s, for every reason', (locale) => {
    const file = new URL(`../i18n/${locale}.json`, import.meta.url);
    const texts: unknown = JSON.parse(readFileSync(file, 'utf8')).sessionEvent;
    const lines = [
      sessionLine(asked, session),
      line('PermissionGranted', { ownerId: 'ana', resumes: null }),
      line('PermissionGranted', { ownerId: 'ana', resumes: 'g' }),
      ...choiceFailures.map((reason) => line('PermissionNothingChosen', { requestId: 'r', reason })),
      ...grantEndings.map((reason) => line('PermissionEnded', { by: 'ana', reason })),
      ...['AudioJoined', 'AudioLeft', 'SessionReported', 'ParticipantJoined'].map((type) => line(type, {})),
    ];
    for (const { sentence } of lines.filter((told) => told !== null)) {
      const text = sentence.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], texts);
      expect([sentence, typeof text]).toEqual([sentence, 'string']);
    }
  });
});
