import { describe, expect, it } from '@jest/globals';
import { supportSession } from '../support-session';
import type { SupportSessionEvent } from '../support-session';
import { at, given, id, sealed } from '../test-support/given-when-then';
import { about, ana, colleague, csr, ended, joined, sessionSubject, withAna } from '../test-support/session-story';
import type { Person } from '../test-support/session-story';
import { noteLimit, parseNoteText } from './note-text';
import type { NotesCommand } from './notes';
import { notesCloseAt } from './notes';
import type { NotesEvent } from './notes-events';

const noteId = id(80);
const text = sealed(sessionSubject, 'content', 'note');

function save(basedOn: number, by: Person = csr): Pick<NotesCommand, 'type' | 'payload'> {
  return { type: 'SaveNote', payload: { noteId, basedOn, by: by.participantId, text } };
}

function saved(version: number, by: Person = csr): NotesEvent {
  return { type: 'NoteSaved', payload: { noteId, version, authorId: by.personId, text } };
}

const together: readonly SupportSessionEvent[] = [...withAna, joined(colleague, 'assistingRepresentative')];

describe('SaveNote', () => {
  it('saves a new note and further versions of it', () => {
    given(supportSession, ...withAna)
      .when(save(0))
      .then(saved(1));
    given(supportSession, ...withAna, saved(1))
      .when(save(1))
      .then(saved(2));
  });

  it('refuses the window that did not see the last version, and says which that is', () => {
    given(supportSession, ...withAna, saved(1), saved(2))
      .when(save(1))
      .thenRefused('NOTE_CHANGED', { version: 2 });
    given(supportSession, ...withAna)
      .when(save(1))
      .thenRefused('NOTE_CHANGED', { version: 0 });
  });

  it('is its author’s to change', () => {
    given(supportSession, ...together, saved(1))
      .when(save(1, colleague))
      .thenRefused('NOTE_NOT_YOURS');
  });

  it('is for representatives', () => {
    given(supportSession, ...withAna)
      .when(save(0, ana))
      .thenRefused('NOT_A_PARTICIPANT');
  });

  it('is possible for 15 minutes after the end, also for one who left before', () => {
    const over = [...together, about('ParticipantLeft', colleague), ended];
    const endedAt = over.length - 1;
    given(supportSession, ...over)
      .when({ ...save(0), now: at(endedAt + 15 * 60 - 1) })
      .then(saved(1));
    given(supportSession, ...over)
      .when({ ...save(0, colleague), now: at(endedAt + 60) })
      .then(saved(1, colleague));
    given(supportSession, ...over)
      .when({ ...save(0), now: at(endedAt + 15 * 60) })
      .thenRefused('NOTES_CLOSED');
    expect(notesCloseAt(at(endedAt))).toBe(at(endedAt + 15 * 60));
  });
});

describe('the text of a note', () => {
  it('keeps its lines and loses what is no text', () => {
    expect(parseNoteText('  a\r\nb\u2028c\u0000\td\n ')).toEqual({ ok: true, text: 'a\nb\nc\td' });
  });

  it('is composed, and well-formed whatever comes', () => {
    expect(parseNoteText('c\u030c \ud800')).toEqual({ ok: true, text: '\u010d \ufffd' });
  });

  it('is something, and of 8,000 code points at most', () => {
    expect(parseNoteText(' \n\t ')).toEqual({ ok: false, refusal: { code: 'NOTE_EMPTY' } });
    expect(parseNoteText('\u{20000}'.repeat(noteLimit)).ok).toBe(true);
    expect(parseNoteText('x'.repeat(noteLimit + 1))).toEqual({
      ok: false,
      refusal: { code: 'NOTE_TOO_LONG', details: { limit: 8000 } },
    });
  });
});
