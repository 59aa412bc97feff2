import { describe, expect, it } from '@jest/globals';
import type { FeedEvent } from '@deskside/ui';
import { stateAtEvent } from './state-at-event';
import { stateRows } from './state-rows';

const actor = { kind: 'representative', id: 'r' };
const view = { requestId: 'q', capability: 'desktop', access: 'view', ownerId: 'p2', grantees: ['p1'] };

const events: readonly FeedEvent[] = [
  { type: 'SessionStarted', payload: { direction: 'outbound', number: '482913057', representativeId: 'r' } },
  {
    type: 'CustomerInvited',
    payload: { invitationId: 'i', channel: 'email', recipient: 'a@b.rs', locale: 'en', by: 'r' },
  },
  { type: 'InvitationSent', payload: { invitationId: 'i', attempt: 1 } },
  {
    type: 'ParticipantJoined',
    payload: { participantId: 'p1', role: 'primaryRepresentative', personId: 'r', name: 'Marko Jović' },
  },
  { type: 'ParticipantJoined', payload: { participantId: 'p2', role: 'primaryCustomer', personId: 'c', name: 'Ana' } },
  { type: 'InvitationUsed', payload: { invitationId: 'i', participantId: 'p2' } },
  { type: 'PermissionRequested', payload: { ...view, requestedBy: 'p1' } },
  { type: 'PermissionRequestShown', payload: { requestId: 'q', expiresAt: '2026-11-20T12:05:00.000Z' } },
  { type: 'PermissionGranted', payload: { ...view, grantId: 'g', surface: 'monitor', resumes: null } },
  { type: 'AudioJoined', payload: { participantId: 'p2' } },
  { type: 'AudioMuted', payload: { participantId: 'p2' } },
  { type: 'NoteSaved', payload: { noteId: 'n', version: 1, authorId: 'r', text: 'Cable' } },
  { type: 'NoteSaved', payload: { noteId: 'n', version: 2, authorId: 'r', text: { erased: true } } },
  { type: 'PermissionRevoked', payload: { requestId: 'q', grantId: 'g', by: 'p2' } },
  { type: 'SessionReported', payload: { via: 'participant', participantId: 'p2' } },
  { type: 'SessionReportReviewed', payload: { by: 'r' } },
].map((event, revision) => ({
  ...{ ...event, revision, actor },
  occurredAt: `2026-11-20T12:00:${String(revision).padStart(2, '0')}.000Z`,
}));

/** The row of this name at the event, and whether the event changed it. */
function at(revision: number, name: string): readonly unknown[] {
  const row = stateRows(stateAtEvent(events, revision)).find(({ label }) => label === `history.state.${name}`);
  return row === undefined ? [] : [...row.lines.map(({ key }) => key.replace('history.state.', '')), row.changed];
}

describe('the help in the state at an event', () => {
  it('is only that nothing is shared at the beginning', () => {
    expect(at(0, 'shared')).toEqual(['sharedNothing', true]);
    for (const name of ['requests', 'audio', 'notes', 'invitations', 'report']) expect(at(0, name)).toEqual([]);
  });

  it('follows an invitation from its sending to its use', () => {
    expect(at(1, 'invitations')).toEqual(['invitationTo.waiting', true]);
    expect(at(2, 'invitations')).toEqual(['invitationTo.sent', true]);
    expect(at(5, 'invitations')).toEqual(['invitationTo.used', true]);
  });

  it('says what is asked, then who sees what, then that nothing is shared', () => {
    expect(at(6, 'requests')).toEqual(['request.sent', true]);
    expect(at(7, 'requests')).toEqual(['request.shown', true]);
    expect(at(8, 'requests')).toEqual(['request.granted', true]);
    expect(at(8, 'shared')).toEqual(['screenSeen', true]);
    expect(at(12, 'shared')).toEqual(['screenSeen', false]);
    expect(at(13, 'shared')).toEqual(['sharedNothing', true]);
  });

  it('says who can be heard and who is muted', () => {
    expect(at(9, 'audio')).toEqual(['talks', true]);
    expect(at(10, 'audio')).toEqual(['muted', true]);
  });

  it('shows the last version of a note, erased once it is', () => {
    const row = stateRows(stateAtEvent(events, 12)).find(({ label }) => label === 'history.state.notes');
    expect(row?.lines.map(({ values }) => values)).toEqual([{ version: 2, text: { personal: { erased: true } } }]);
  });

  it('says that a report waits until somebody has looked at it', () => {
    expect(at(14, 'report')).toEqual(['reportedAt', true]);
    expect(at(15, 'report')).toEqual([]);
  });
});
