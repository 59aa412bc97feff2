import { stopwatch } from '@deskside/ui';
import type { FigureForm } from './figures';

/** Stands for a figure of which there is nothing to say. */
export const dash = '–';

/** A figure as it is read in the reader's language. */
export function figureText(value: number | null, form: FigureForm, tag: string): string {
  if (value === null) return dash;
  switch (form) {
    case 'count':
      return new Intl.NumberFormat(tag).format(value);
    case 'duration':
      return stopwatch(value * 1_000);
    case 'share':
      return new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 }).format(value);
  }
}
