import { accept, refuse } from '../decider';
import type { Command, Decision, Recorded } from '../decider';
import type { PersonalText } from '../personal-data';
import { isRepresentative } from '../events';
import type { KnownSession, Note, SessionFacts } from '../session-state';
import type { NotesEvent } from './notes-events';

/** How long after the end of a session its notes can still be written. */
export const notesOpenAfterEndMinutes = 15;

export type NotesCommand = Command<
  'SaveNote',
  {
    readonly noteId: string;
    /** Version that the writer had before him; 0 for a new note. */
    readonly basedOn: number;
    readonly by: string;
    readonly text: PersonalText;
  }
>;

export function evolveNotes<Facts extends SessionFacts>(facts: Facts, event: Recorded<NotesEvent>): Facts {
  const { noteId, authorId, text } = event.payload;
  const before = facts.notes[noteId]?.versions ?? [];
  const note: Note = { id: noteId, authorId, versions: [...before, { text, savedAt: event.occurredAt }] };
  return { ...facts, notes: { ...facts.notes, [noteId]: note } };
}

export function decideNotes({ payload, now }: NotesCommand, session: KnownSession): Decision<NotesEvent> {
  const writer = session.participants[payload.by];
  if (writer === undefined || !isRepresentative(writer.role)) return refuse('NOT_A_PARTICIPANT');
  if (session.status === 'ended' && now >= notesCloseAt(session.endedAt)) return refuse('NOTES_CLOSED');
  return save(payload, writer.personId, session.notes[payload.noteId]);
}

function save(
  { noteId, basedOn, text }: NotesCommand['payload'],
  authorId: string,
  note: Note | undefined,
): Decision<NotesEvent> {
  if (note !== undefined && note.authorId !== authorId) return refuse('NOTE_NOT_YOURS');
  const version = note?.versions.length ?? 0;
  // Another window of the same writer was quicker: neither text is lost, he chooses.
  if (basedOn !== version) return refuse('NOTE_CHANGED', { version });
  return accept({ type: 'NoteSaved', payload: { noteId, version: version + 1, authorId, text } });
}

/** When the notes of a session that ended then are closed. */
export function notesCloseAt(endedAt: string): string {
  return new Date(Date.parse(endedAt) + notesOpenAfterEndMinutes * 60_000).toISOString();
}
