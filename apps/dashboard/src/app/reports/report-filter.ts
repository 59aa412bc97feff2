import { dayAfter, dayOf, firstOfMonth, isDay } from './days';
import type { Day } from './days';

export const rangeNames = ['today', 'yesterday', 'last7Days', 'last30Days', 'thisMonth', 'own'] as const;
export type RangeName = (typeof rangeNames)[number];

/** Days of a time zone, both included. */
export interface Days {
  readonly from: Day;
  readonly to: Day;
}

/** What a report is about, as its sentence says it. `own` days count only for the range `own`. */
export interface ReportFilter {
  readonly range: RangeName;
  readonly own: Days;
  readonly timeZone: string;
  /** Empty: all of them. */
  readonly representativeIds: readonly string[];
}

/** The same, as it stands in the address of the page. */
export interface AddressedFilter {
  readonly range?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly zone?: string | undefined;
  readonly csr?: string | undefined;
}

const defaultRange: RangeName = 'last7Days';

/** The days that a range means at this moment in the report's time zone; today belongs to the last so many days. */
export function daysOf({ range, own, timeZone }: ReportFilter, now: number): Days {
  const today = dayOf(now, timeZone);
  switch (range) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: dayAfter(today, -1), to: dayAfter(today, -1) };
    case 'last7Days':
      return { from: dayAfter(today, -6), to: today };
    case 'last30Days':
      return { from: dayAfter(today, -29), to: today };
    case 'thisMonth':
      return { from: firstOfMonth(today), to: today };
    case 'own':
      return own;
  }
}

/** Whatever of an address cannot be read is as if it were not there: a link never leads to an error. */
export function filterOf(address: AddressedFilter, ownZone: string, now: number): ReportFilter {
  const timeZone = isTimeZone(address.zone) ? address.zone : ownZone;
  const today = dayOf(now, timeZone);
  const own = ownDays(address);
  return {
    range: rangeOf(address, own !== null),
    own: own ?? { from: dayAfter(today, -6), to: today },
    timeZone,
    representativeIds: (address.csr ?? '').split(',').filter((id) => id !== ''),
  };
}

function ownDays({ from, to }: AddressedFilter): Days | null {
  return from !== undefined && to !== undefined && isDay(from) && isDay(to) ? { from, to } : null;
}

/** Own days that are not there are no range. */
function rangeOf({ range }: AddressedFilter, hasDays: boolean): RangeName {
  const named = rangeNames.find((name) => name === range) ?? defaultRange;
  return named === 'own' && !hasDays ? defaultRange : named;
}

/** Only what differs from a fresh page: null takes a word out of the address. */
export function addressOf(
  filter: ReportFilter,
  ownZone: string,
): Readonly<Record<keyof AddressedFilter, string | null>> {
  const own = filter.range === 'own';
  return {
    range: filter.range === defaultRange ? null : filter.range,
    from: own ? filter.own.from : null,
    to: own ? filter.own.to : null,
    zone: filter.timeZone === ownZone ? null : filter.timeZone,
    csr: filter.representativeIds.length === 0 ? null : filter.representativeIds.join(','),
  };
}

function isTimeZone(name: string | undefined): name is string {
  if (name === undefined || !/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
