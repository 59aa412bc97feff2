import { refuse } from '../decider';
import type { Refusal } from '../decider';

/** Code points of a note. */
export const noteLimit = 8000;

/** A note as it is kept: NFC, its line breaks as "\n", without other control characters. */
export function parseNoteText(typed: string): { ok: true; text: string } | { ok: false; refusal: Refusal } {
  const text = typed
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029]/gu, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim();
  if (text === '') return refuse('NOTE_EMPTY');
  if ([...text].length > noteLimit) return refuse('NOTE_TOO_LONG', { limit: noteLimit });
  return { ok: true, text };
}
