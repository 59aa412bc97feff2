import { describe, expect, it } from '@jest/globals';
import type { Note } from '@deskside/domain';
import { conflictOf, draftOf, isNoteDraft, mergedText, newDraft } from './note-draft';

const note = (...texts: string[]): Note => ({
  id: 'n',
  authorId: 'me',
  versions: texts.map((text) => ({ text, savedAt: '2026-11-20T12:00:00.000Z' })),
});

describe('the draft of a note', () => {
  it('goes on from the last version', () => {
    expect(draftOf(note('one', 'two'), 5)).toEqual({ noteId: 'n', basedOn: 2, text: 'two', editedAt: 5 });
  });

  it('begins empty where the text was erased', () => {
    const erased: Note = { id: 'n', authorId: 'me', versions: [{ text: { erased: true }, savedAt: '' }] };
    expect(draftOf(erased, 5)).toMatchObject({ basedOn: 1, text: '' });
  });

  it('is no conflict while nobody saved, nor for a new note', () => {
    expect(conflictOf(draftOf(note('one'), 0), { n: note('one') })).toBeNull();
    expect(conflictOf(newDraft('other', 0), { n: note('one') })).toBeNull();
  });

  it('is a conflict once another window saved: the new note, or the next version', () => {
    expect(conflictOf(newDraft('n', 0), { n: note('one') })).toEqual({ version: 1, text: 'one' });
    expect(conflictOf(draftOf(note('one'), 0), { n: note('one', 'two') })).toEqual({ version: 2, text: 'two' });
  });

  it('is read back only when it is one', () => {
    expect(isNoteDraft(newDraft('n', 0))).toBe(true);
    for (const other of [null, 'text', {}, { noteId: 'n', basedOn: 'x', text: '', editedAt: 0 }])
      expect(isNoteDraft(other)).toBe(false);
  });
});

describe('two texts of a note', () => {
  it('become one without a line twice', () => {
    expect(mergedText('printer offline\nport USB001', 'printer offline\njobs: 4')).toBe(
      'printer offline\nport USB001\njobs: 4',
    );
  });

  it('are the saved one where the draft has nothing of its own', () => {
    expect(mergedText('a\nb', '\n b \n')).toBe('a\nb');
  });
});
