import { parseSessionNumber } from '@deskside/domain';
import type { SessionsQueryVariables } from '../../generated/graphql';
import { startOfDay } from '../reports/days';

export const sessionStatuses = ['open', 'ended'] as const;

/** What stands in the fields of the list's filter; empty ones do not narrow it. Days as `2026-11-20`. */
export interface SessionListFilter {
  readonly search: string;
  readonly from: string;
  readonly to: string;
  readonly representativeId: string;
  readonly status: string;
}

export const noFilter: SessionListFilter = { search: '', from: '', to: '', representativeId: '', status: '' };

/** What to ask the API for; days are whole days of `timeZone`. `wrong` is the key of what is wrong with the days. */
export function sessionsAsked(
  filter: SessionListFilter,
  timeZone: string,
): { readonly variables: SessionsQueryVariables; readonly wrong?: never } | { readonly wrong: string } {
  const from = filter.from === '' ? null : startOfDay(filter.from, timeZone, 0);
  const to = filter.to === '' ? null : startOfDay(filter.to, timeZone, 1);
  if (from !== null && to !== null && from >= to) return { wrong: 'sessionList.dateWrong' };
  const variables = {
    search: searched(filter.search),
    representativeId: filter.representativeId,
    status: filter.status,
    from,
    to,
  };
  return {
    variables: Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== '' && value !== null)),
  };
}

/** Nine digits in whatever form they were typed are a number; anything else is part of a name. */
function searched(typed: string): string {
  return parseSessionNumber(typed) ?? typed.trim();
}
