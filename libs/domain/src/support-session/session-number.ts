/** How long a number admits when nobody has come yet. */
export const sessionNumberLifetimeMinutes = 30;

/** The nine digits in what a person typed: spaces, hyphens and full-width digits do not matter. Null when it is no number. */
export function parseSessionNumber(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[\s\u200e\u200f.-]/gu, '');
  return /^\d{9}$/.test(digits) ? digits : null;
}

/** `482913057` as people read it aloud: `482 913 057`. */
export function formatSessionNumber(number: string): string {
  return number.replace(/(\d{3})(?=\d)/g, '$1 ');
}
