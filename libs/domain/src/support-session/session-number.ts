/** How long a number admits when nobody has come yet. */
export const sessionNumberLifetimeMinutes = 30;

/** Spaces, dots, hyphens and dashes of every kind, and the unseen marks that come along when a number is copied. */
const separators = /[\s.\p{Pd}\u2212\p{Cf}]/gu;

/** The nine digits in what a person typed, in his own script's digits too. Null when it is no number. */
export function parseSessionNumber(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(separators, '');
  return /^\p{Nd}{9}$/u.test(digits) ? digits.replace(/\p{Nd}/gu, asciiDigit) : null;
}

/** Unicode keeps every script's digits in rows of ten, from zero to nine (The Unicode Standard, section 4.6). */
function asciiDigit(digit: string): string {
  const codePoint = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(codePoint - before - 1))) before += 1;
  return String(before % 10);
}

/** `482913057` as people read it aloud: `482 913 057`. */
export function formatSessionNumber(number: string): string {
  return number.replace(/(\d{3})(?=\d)/g, '$1 ');
}
