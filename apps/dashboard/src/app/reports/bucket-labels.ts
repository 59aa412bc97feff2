interface Bucket {
  readonly from: string;
}

interface Range {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

const dayMs = 24 * 60 * 60 * 1_000;

/** Whether the report counts by the hour: within two days (see `csrActivity` in the schema). */
function isHourly({ from, to }: Range): boolean {
  return Date.parse(to) - Date.parse(from) < 2 * dayMs;
}

/**
 * What stands below each column, in the report's time zone and the reader's language. Where the clock goes back an hour
 * comes twice; its zone then tells the two apart. Over two days each hour carries its day.
 */
export function bucketLabels(buckets: readonly Bucket[], range: Range, tag: string): readonly string[] {
  const { timeZone } = range;
  if (!isHourly(range)) {
    const day = new Intl.DateTimeFormat(tag, { timeZone, day: 'numeric', month: 'short' });
    return buckets.map(({ from }) => day.format(new Date(from)));
  }
  const dated = range.from === range.to ? {} : ({ weekday: 'short' } as const);
  const hour = new Intl.DateTimeFormat(tag, { timeZone, ...dated, hour: 'numeric', minute: '2-digit' });
  const zoned = new Intl.DateTimeFormat(tag, {
    timeZone,
    ...dated,
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  const labels = buckets.map(({ from }) => hour.format(new Date(from)));
  return labels.map((label, index) => {
    const twice = labels.indexOf(label) !== labels.lastIndexOf(label);
    return twice ? zoned.format(new Date(buckets[index]?.from ?? 0)) : label;
  });
}
