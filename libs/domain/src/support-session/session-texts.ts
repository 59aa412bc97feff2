import { refuse } from '../decider';
import type { Refusal } from '../decider';

export const subjectLimit = 200;
export const ticketLimit = 60;

/** One line; an empty one means none. Limits count code points. */
function oneLine(typed: string): string | null {
  const line = typed
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return line === '' ? null : line;
}

export function parseSubject(typed: string): { ok: true; subject: string | null } | { ok: false; refusal: Refusal } {
  const subject = oneLine(typed);
  if ([...(subject ?? '')].length > subjectLimit) return refuse('SUBJECT_TOO_LONG', { limit: subjectLimit });
  return { ok: true, subject };
}

export function parseTicket(typed: string): { ok: true; ticket: string | null } | { ok: false; refusal: Refusal } {
  const ticket = oneLine(typed);
  if ([...(ticket ?? '')].length > ticketLimit) return refuse('TICKET_TOO_LONG', { limit: ticketLimit });
  return { ok: true, ticket };
}
