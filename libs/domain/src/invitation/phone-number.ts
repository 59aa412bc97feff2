import { refuse } from '../decider';
import type { Refusal } from '../decider';

/** Spaces, brackets, slashes, dots, hyphens and dashes, and the unseen marks that come along when a number is copied. */
const separators = /[\s()[\]/.\p{Pd}\u2212\p{Cf}]/gu;
/** ITU-T E.164: at most 15 digits; fewer than 5 reach nobody outside. */
const pattern = /^\+?\d{5,15}$/;

/** A telephone number as it can be dialled: digits, and a plus sign where it was typed with one or with 00. */
export function parsePhone(typed: string): { ok: true; phone: string } | { ok: false; refusal: Refusal } {
  // "+44 (0) 20": the zero is for callers inside the country only.
  const bare = typed
    .normalize('NFKC')
    .replace(/(?<=\+[^(]*)\(0\)/u, '')
    .replace(separators, '');
  const phone = bare.replace(/^00(?=[1-9])/, '+');
  return pattern.test(phone) ? { ok: true, phone } : refuse('PHONE_INVALID');
}
