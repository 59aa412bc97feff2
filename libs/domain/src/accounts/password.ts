import { refuse } from '../decider';
import type { Refusal } from '../decider';

/** NIST SP 800-63B: length, not composition rules; long ones are bounded only so that hashing stays cheap to refuse. */
export const passwordLength = { least: 12, most: 200 } as const;

/** The password in NFKC (NIST SP 800-63B: one person's keyboards may type the same letters differently). */
export function parsePassword(typed: string): { ok: true; password: string } | { ok: false; refusal: Refusal } {
  const password = typed.normalize('NFKC');
  const length = [...password].length;
  if (length < passwordLength.least) return refuse('PASSWORD_TOO_SHORT', { least: passwordLength.least });
  if (length > passwordLength.most) return refuse('PASSWORD_TOO_LONG', { limit: passwordLength.most });
  if (new Set(password.toLowerCase()).size < 5 || isCommon(password.toLowerCase()))
    return refuse('PASSWORD_TOO_COMMON');
  return { ok: true, password };
}

const commonStems = ['password', 'deskside', '123456789', 'qwertyuiop', 'letmein', 'administrator', 'welcome'];

/** `password1234` or `WelcomeDeskside!`: what everybody tries, with next to nothing of one's own around it. */
function isCommon(password: string): boolean {
  const own = commonStems.reduce((rest, stem) => rest.replaceAll(stem, ''), password);
  return own !== password && own.replace(/[^\p{L}]/gu, '').length < 3;
}
