const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A running time, the same in every language: `0:41`, `12:03`, `1:02:03`. */
export function stopwatch(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / second));
  const pad = (n: number): string => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
}

/** A length of time in words, in its two largest units: "12 minutes, 3 seconds". */
export function formatDuration(milliseconds: number, tag: string): string {
  const whole = Math.max(0, Math.floor(milliseconds / second) * second);
  const parts = [
    { unit: 'day', count: Math.floor(whole / day) },
    { unit: 'hour', count: Math.floor(whole / hour) % 24 },
    { unit: 'minute', count: Math.floor(whole / minute) % 60 },
    { unit: 'second', count: Math.floor(whole / second) % 60 },
  ];
  const first = parts.findIndex(({ count }) => count > 0);
  const shown = first === -1 ? parts.slice(-1) : parts.slice(first, first + 2).filter(({ count }) => count > 0);
  const words = shown.map(({ unit, count }) =>
    new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' }).format(count),
  );
  return new Intl.ListFormat(tag, { type: 'unit', style: 'short' }).format(words);
}

const steps: readonly { readonly unit: Intl.RelativeTimeFormatUnit; readonly size: number; readonly until: number }[] =
  [
    { unit: 'second', size: second, until: minute },
    { unit: 'minute', size: minute, until: hour },
    { unit: 'hour', size: hour, until: day },
    { unit: 'day', size: day, until: 30 * day },
    { unit: 'month', size: 30 * day, until: 365 * day },
    { unit: 'year', size: 365 * day, until: Infinity },
  ];

/** How long ago (negative) or in how long: "2 minutes ago". Below ten seconds: "now". */
export function formatRelative(milliseconds: number, tag: string): string {
  const format = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  const distance = Math.abs(milliseconds);
  if (distance < 10 * second) return format.format(0, 'second');
  const { unit, size } = steps.find(({ until }) => distance < until) ?? { unit: 'year' as const, size: 365 * day };
  return format.format(Math.trunc(milliseconds / size), unit);
}
