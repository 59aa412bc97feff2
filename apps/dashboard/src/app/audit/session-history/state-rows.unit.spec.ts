import { describe, expect, it } from '@jest/globals';
import type { FeedEvent } from '@deskside/ui';
import { stateAtEvent } from './state-at-event';
import { stateRows } from './state-rows';

const at = (revision: number): string => `2026-11-20T12:0${revision}:00.000Z`;
const actor = { kind: 'representative', id: 'r' };
const events: readonly FeedEvent[] = [
  {
    type: 'SessionStarted',
    payload: {
      direction: 'outbound',
      number: '482913057',
      numberExpiresAt: '2026-11-20T12:30:00.000Z',
      representativeId: 'r',
      subject: { erased: true },
    },
  },
  {
    type: 'ParticipantJoined',
    payload: { participantId: 'p1', role: 'primaryRepresentative', personId: 'r', name: 'Marko Jović' },
  },
  {
    type: 'ParticipantJoined',
    payload: { participantId: 'p2', role: 'primaryCustomer', personId: 'c', name: 'Ana Petrović' },
  },
  { type: 'ChatMessageSent', payload: { messageId: 'm', authorId: 'p2', to: 'all', text: 'Dobar dan' } },
  { type: 'ChatMessageTakenBack', payload: { messageId: 'm', authorId: 'p2', to: 'all', key: {} } },
  { type: 'ParticipantDisconnected', payload: { participantId: 'p2' } },
  { type: 'SomethingNewer', payload: {} },
  { type: 'SessionEnded', payload: { reason: 'endedByRepresentative', by: 'p1' } },
].map((event, revision) => ({ ...event, revision, occurredAt: at(revision), actor }));

function rowsAt(revision: number): Record<string, { lines: unknown[]; changed: boolean }> {
  return Object.fromEntries(
    stateRows(stateAtEvent(events, revision)).map(({ label, lines, changed }) => [
      label.replace('history.state.', ''),
      { lines: lines.map((line) => line.key.replace('history.state.', '')), changed },
    ]),
  );
}

describe('the state of a session at an event', () => {
  it('begins with the first event, all of it new', () => {
    expect(Object.values(rowsAt(0)).every((row) => row.changed)).toBe(true);
    expect(rowsAt(0)['number']?.lines).toEqual(['admitsUntil']);
  });

  it('marks only what the event changed', () => {
    const changed = Object.entries(rowsAt(2)).flatMap(([label, row]) => (row.changed ? [label] : []));
    expect(changed).toEqual(['inSession', 'number']);
  });

  it('says that the number only asks once a customer has been in', () => {
    expect(rowsAt(2)['number']?.lines).toEqual(['onlyAsks']);
  });

  it('counts lines that were taken back by then, not those of later', () => {
    expect(rowsAt(3)['chat']?.lines).toEqual(['lines']);
    expect(rowsAt(4)['chat']?.lines).toEqual(['lines', 'takenBack']);
  });

  it('keeps somebody whose connection is lost in the session', () => {
    expect(rowsAt(5)['inSession']?.lines).toEqual(['present', 'away']);
  });

  it('changes nothing by an event of a newer version', () => {
    expect(Object.values(rowsAt(6)).some((row) => row.changed)).toBe(false);
  });

  it('says how the session ended', () => {
    expect(rowsAt(7)['status']).toEqual({ lines: ['endedByRepresentative'], changed: true });
    expect(rowsAt(7)['number']?.lines).toEqual(['noLonger']);
  });

  it('is without an event that cannot be read, as if it had not been', () => {
    const lost = events.map((event) => (event.revision === 7 ? { ...event, payload: {}, unreadable: true } : event));
    const { before, after } = stateAtEvent(lost, 7);
    expect(after).toBe(before);
    expect(after.status).toBe('open');
  });

  it('carries an erased subject as erased', () => {
    const subject = stateRows(stateAtEvent(events, 0)).find((row) => row.label === 'history.state.subject');
    expect(subject?.lines[0]?.values).toEqual({ text: { personal: { erased: true } } });
  });
});
