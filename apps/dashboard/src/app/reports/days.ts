/** A day of a calendar, as `<input type="date">` writes it: `2026-11-20`. */
export type Day = string;

const dayMs = 24 * 60 * 60 * 1_000;

/** The day that an instant falls on in a time zone. */
export function dayOf(instant: number, timeZone: string): Day {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(instant);
  const part = (type: string): string => parts.find((found) => found.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

/** The day so many days later, or earlier when negative. Days of a calendar have no clock and no time zone. */
export function dayAfter(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * dayMs).toISOString().slice(0, 10);
}

export function firstOfMonth(day: Day): Day {
  return `${day.slice(0, 7)}-01`;
}

/** True for a day that exists. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00.000Z`).toJSON()?.slice(0, 10) === text;
}

/**
 * The first moment of a day in a time zone, `later` days on, as RFC 3339; null for a day that does not exist. A day whose
 * midnight is skipped by a change of the clock begins at the first moment that there is.
 */
export function startOfDay(day: Day, timeZone: string, later: number): string | null {
  if (!isDay(day)) return null;
  const wanted = dayAfter(day, later);
  const midnight = Date.parse(`${wanted}T00:00:00.000Z`);
  // The zone's offset is between -12 and +14 hours; the first moment of the day lies there, found by halving.
  let before = midnight - 15 * 60 * 60 * 1_000;
  let after = midnight + 13 * 60 * 60 * 1_000;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dayOf(middle, timeZone) < wanted) before = middle;
    else after = middle;
  }
  return new Date(after).toISOString();
}
