import { refuse } from '../decider';
import type { Refusal } from '../decider';

/** The HTML standard's "valid e-mail address", which browsers apply to `<input type=email>` as well. */
const pattern =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

/** `email` as typed without surrounding space; `key` is what makes two addresses the same account. RFC 5321 limit: 254. */
export function parseEmail(typed: string): { ok: true; email: string; key: string } | { ok: false; refusal: Refusal } {
  const email = typed.normalize('NFKC').trim();
  if (email.length > 254 || !pattern.test(email)) return refuse('EMAIL_INVALID');
  return { ok: true, email, key: email.toLowerCase() };
}
