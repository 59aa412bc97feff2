/// <reference lib="esnext.temporal" />
import type { RefusalCode } from '@deskside/domain';

/** Days of a time zone, both included: `2026-11-20`. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
  /** As the IANA time zone database names it. */
  readonly timeZone: string;
}

/** From the first instant up to the second, which does not belong to it. Milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type ParsedRange =
  | { readonly ok: true; readonly range: DayRange; readonly span: Span }
  | { readonly ok: false; readonly code: RefusalCode };

/** More days than this are no report but an export of the site. */
export const longestRangeDays = 400;

const dayForm = /^\d{4}-\d{2}-\d{2}$/;

/** RANGE_INVALID: no days, the wrong way round, or too many; TIME_ZONE_UNKNOWN: no name of the time zone database. */
export function parseDayRange({ from, to, timeZone }: DayRange): ParsedRange {
  const zone = zoneOf(timeZone);
  if (zone === null) return { ok: false, code: 'TIME_ZONE_UNKNOWN' };
  const [first, last] = [dayOf(from), dayOf(to)];
  if (first === null || last === null) return { ok: false, code: 'RANGE_INVALID' };
  const days = first.until(last).days + 1;
  if (days < 1 || days > longestRangeDays) return { ok: false, code: 'RANGE_INVALID' };
  const span = { from: beginOf(first, zone), to: beginOf(last.add({ days: 1 }), zone) };
  return { ok: true, range: { from, to, timeZone: zone }, span };
}

/** Null for what is no name: an offset such as `+05:30` is none. */
function zoneOf(name: string): string | null {
  if (!/^[A-Za-z]/.test(name)) return null;
  try {
    return new Temporal.ZonedDateTime(0n, name).timeZoneId;
  } catch {
    return null;
  }
}

function dayOf(text: string): Temporal.PlainDate | null {
  if (!dayForm.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return null;
  }
}

function beginOf(day: Temporal.PlainDate, zone: string): number {
  return day.toZonedDateTime(zone).epochMilliseconds;
}

/** Ranges of up to so many days are drawn by the hour. */
const daysDrawnByTheHour = 2;

/**
 * Where the columns of a chart begin: hours of the wall clock within two days, else days. A change of the clock makes an
 * hour or a day shorter or longer; none is left out and none comes twice.
 */
export function columnsOf({ from, to, timeZone }: DayRange): readonly number[] {
  const first = Temporal.PlainDate.from(from).toZonedDateTime(timeZone);
  const end = Temporal.PlainDate.from(to).add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
  const days = Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days + 1;
  const next = days <= daysDrawnByTheHour ? nextHour : nextDay;
  const begins: number[] = [];
  for (let at = first; at.epochMilliseconds < end; at = next(at)) begins.push(at.epochMilliseconds);
  return begins;
}

function nextDay(at: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  return at.toPlainDate().add({ days: 1 }).toZonedDateTime(at.timeZoneId);
}

/** The next full hour that the wall clock shows; where the clock goes back by half an hour, an hour later. */
function nextHour(at: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  const later = at.add({ hours: 1 });
  const full = later.round({ smallestUnit: 'hour', roundingMode: 'floor' });
  return full.epochMilliseconds > at.epochMilliseconds ? full : later;
}

/** An instant as the wall clock of the zone shows it, with its offset: `2026-11-20T14:03:05+01:00`. */
export function localTime(at: number, timeZone: string): string {
  const shown = new Temporal.ZonedDateTime(BigInt(at) * 1_000_000n, timeZone);
  return shown.toString({ smallestUnit: 'second', timeZoneName: 'never' });
}
