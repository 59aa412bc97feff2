import type { Note, PersonalText } from '@deskside/domain';
import { readable } from '@deskside/ui';

/** What is being written and stands in no report: it never leaves this browser. */
export interface NoteDraft {
  readonly noteId: string;
  /** The version that it was begun from; 0 for a new note. */
  readonly basedOn: number;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly editedAt: number;
}

/** A version that was saved elsewhere while the draft was written. */
export interface NoteConflict {
  readonly version: number;
  readonly text: PersonalText;
}

/** Whatever is stored: another version of this page may have written it. */
export function isNoteDraft(value: unknown): value is NoteDraft {
  if (typeof value !== 'object' || value === null) return false;
  const { noteId, basedOn, text, editedAt } = value as Readonly<Record<string, unknown>>;
  return (
    typeof noteId === 'string' && Number.isInteger(basedOn) && typeof text === 'string' && typeof editedAt === 'number'
  );
}

/** A draft for a new note. */
export function newDraft(noteId: string, now: number): NoteDraft {
  return { noteId, basedOn: 0, text: '', editedAt: now };
}

/** A draft that goes on from the last version of a note. */
export function draftOf({ id, versions }: Note, now: number): NoteDraft {
  return { noteId: id, basedOn: versions.length, text: readable(versions.at(-1)?.text) ?? '', editedAt: now };
}

/** What another window of the same person saved meanwhile; null while the draft's version is still the last. */
export function conflictOf({ basedOn, noteId }: NoteDraft, notes: Readonly<Record<string, Note>>): NoteConflict | null {
  const versions = notes[noteId]?.versions ?? [];
  const last = versions.at(-1);
  return last === undefined || versions.length <= basedOn ? null : { version: versions.length, text: last.text };
}

/** Both texts in one: the saved one, then the lines of the draft that it does not have. */
export function mergedText(saved: string, drafted: string): string {
  const has = new Set(saved.split('\n').map((line) => line.trim()));
  const added = drafted.split('\n').filter((line) => line.trim() !== '' && !has.has(line.trim()));
  return added.length === 0 ? saved : [saved, ...added].join('\n');
}
