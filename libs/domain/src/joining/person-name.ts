import { refuse } from '../decider';
import type { Refusal } from '../decider';

export const nameLimit = 100;

const lineBreaksAndControls = /[\p{Cc}\p{Zl}\p{Zp}]/gu;

/**
 * Takes no room on a screen: two names that look alike could differ by it, and a direction override could make a sentence
 * say something else. Joiners (Persian, emoji), variation selectors and the tags of flags stay: they change what is seen.
 */
const unseen =
  /[\p{Default_Ignorable_Code_Point}--[\u200c\u200d\ufe00-\ufe0f\u{e0020}-\u{e007f}\u{e0100}-\u{e01ef}]]/gv;

/** One line of visible text with a letter or a digit in it, NFC, single spaces; limits count code points. */
export function parseName(typed: string): { ok: true; name: string } | { ok: false; refusal: Refusal } {
  const visible = typed.toWellFormed().replace(lineBreaksAndControls, ' ').replace(unseen, '');
  const name = visible.normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (!/[\p{L}\p{N}]/u.test(name)) return refuse('NAME_EMPTY');
  if ([...name].length > nameLimit) return refuse('NAME_TOO_LONG', { limit: nameLimit });
  return { ok: true, name };
}
