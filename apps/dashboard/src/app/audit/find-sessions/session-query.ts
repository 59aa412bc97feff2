import { parseSessionNumber } from '@deskside/domain';

export const searchKinds = ['number', 'name', 'date'] as const;
export type SearchKind = (typeof searchKinds)[number];

/** What stands in the fields of the search. Dates as `<input type="date">` gives them: `2026-11-20`. */
export interface TypedSearch {
  readonly by: SearchKind;
  readonly number: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** Variables of `findSessions`: exactly one of the three kinds. */
export type SessionQuery =
  { readonly number: string } | { readonly name: string } | { readonly from: string; readonly to: string };

/** What to ask for, or the key of what is wrong with what was typed. */
export type Asked = { readonly query: SessionQuery } | { readonly wrong: string };

export function sessionQuery(typed: TypedSearch): Asked {
  switch (typed.by) {
    case 'number': {
      const number = parseSessionNumber(typed.number);
      return number === null ? { wrong: 'audit.numberWrong' } : { query: { number } };
    }
    case 'name': {
      const name = typed.name.trim();
      return name === '' ? { wrong: 'app.required' } : { query: { name } };
    }
    case 'date':
      return byDays(typed.from, typed.to);
  }
}

/** From the first moment of one day to the first after another, in this computer's time zone. */
function byDays(first: string, last: string): Asked {
  const from = startOf(first, 0);
  const to = startOf(last || first, 1);
  if (from === null || to === null) return { wrong: 'app.required' };
  return from >= to ? { wrong: 'audit.dateWrong' } : { query: { from, to } };
}

function startOf(day: string, later: number): string | null {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined) return null;
  const start = new Date(year, month - 1, date + later);
  return Number.isNaN(start.getTime()) ? null : start.toISOString();
}
