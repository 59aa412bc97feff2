interface Range {
  readonly from: string;
  readonly to: string;
}

/** The days of a report as the reader's language writes a range of days. */
export function daysWritten({ from, to }: Range, tag: string): string {
  // Days of a calendar: read and written in UTC, so that no time zone moves them.
  const format = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' });
  return format.formatRange(new Date(`${from}T00:00:00.000Z`), new Date(`${to}T00:00:00.000Z`));
}
