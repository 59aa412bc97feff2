import { refuse } from '../decider';
import type { Refusal } from '../decider';

export const nameLimit = 100;

/** Controls, line separators and direction overrides: a name with them could make a sentence say something else. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;

/** One line of visible text, NFC, single spaces; limits count code points. */
export function parseName(typed: string): { ok: true; name: string } | { ok: false; refusal: Refusal } {
  const name = typed.normalize('NFC').replace(unprintable, ' ').replace(/\s+/gu, ' ').trim();
  if (!/[\p{L}\p{N}]/u.test(name)) return refuse('NAME_EMPTY');
  if ([...name].length > nameLimit) return refuse('NAME_TOO_LONG', { limit: nameLimit });
  return { ok: true, name };
}
