import { describe, expect, it } from '@jest/globals';
import { fold } from '../decider';
import type { SupportSessionEvent } from '../support-session';
import { supportSession } from '../support-session';
import { at, given, recorded } from '../test-support/given-when-then';
import { about, ana, asked, ben, ended, stranger, withAna } from '../test-support/session-story';
import type { Person } from '../test-support/session-story';

const note = (type: 'NoteDisconnected' | 'NoteReturned', { participantId }: Person = ana) => ({
  type,
  payload: { participantId },
});

describe('NoteDisconnected', () => {
  it('notes that the last window has gone', () => {
    given(supportSession, ...withAna)
      .when(note('NoteDisconnected'))
      .then(about('ParticipantDisconnected', ana));
  });

  it('stays quiet while the participant is away already', () => {
    given(supportSession, ...withAna, about('ParticipantDisconnected', ana))
      .when(note('NoteDisconnected'))
      .thenNothing();
  });

  it.each(['ParticipantLeft', 'ParticipantRemoved'] as const)('refuses after %s', (gone) => {
    given(supportSession, ...withAna, about(gone, ana))
      .when(note('NoteDisconnected'))
      .thenRefused('NOT_A_PARTICIPANT');
  });

  it('refuses somebody who waits', () => {
    given(supportSession, ...withAna, asked(ben))
      .when(note('NoteDisconnected', ben))
      .thenRefused('NOT_A_PARTICIPANT');
  });
});

describe('NoteReturned', () => {
  it('notes that a window is open again', () => {
    given(supportSession, ...withAna, about('ParticipantDisconnected', ana))
      .when(note('NoteReturned'))
      .then(about('ParticipantReturned', ana));
  });

  it('stays quiet for somebody who is present', () => {
    given(supportSession, ...withAna)
      .when(note('NoteReturned'))
      .thenNothing();
  });

  it('stays quiet the second time', () => {
    given(supportSession, ...withAna, about('ParticipantDisconnected', ana), about('ParticipantReturned', ana))
      .when(note('NoteReturned'))
      .thenNothing();
  });

  it('refuses somebody who was removed while he was away', () => {
    given(supportSession, ...withAna, about('ParticipantDisconnected', ana), about('ParticipantRemoved', ana))
      .when(note('NoteReturned'))
      .thenRefused('NOT_A_PARTICIPANT');
  });

  it('refuses a stranger', () => {
    given(supportSession, ...withAna)
      .when(note('NoteReturned', stranger))
      .thenRefused('NOT_A_PARTICIPANT');
  });

  it('refuses when the session is over', () => {
    given(supportSession, ...withAna, about('ParticipantDisconnected', ana), ended)
      .when(note('NoteReturned'))
      .thenRefused('SESSION_ENDED');
  });
});

describe('the fold of presence', () => {
  const presenceOfAna = (...events: SupportSessionEvent[]): unknown => {
    const state = fold(
      supportSession,
      [...withAna, ...events].map((event, n) => recorded(event, n)),
    );
    return state.status === 'absent' ? undefined : state.participants[ana.participantId];
  };

  it('says since when somebody is away', () => {
    expect(presenceOfAna(about('ParticipantDisconnected', ana))).toMatchObject({
      presence: 'away',
      presenceSince: at(3),
    });
  });

  it('says since when somebody is back, and keeps when he had joined', () => {
    expect(presenceOfAna(about('ParticipantDisconnected', ana), about('ParticipantReturned', ana))).toMatchObject({
      presence: 'present',
      presenceSince: at(4),
      joinedAt: at(2),
      joinedRevision: 2,
    });
  });

  it('brings nobody back who was removed', () => {
    expect(presenceOfAna(about('ParticipantRemoved', ana), about('ParticipantReturned', ana))).toMatchObject({
      presence: 'removed',
      presenceSince: at(3),
    });
  });

  it('makes nobody present whom it does not know', () => {
    expect(presenceOfAna(about('ParticipantReturned', stranger))).toEqual(presenceOfAna());
  });
});
