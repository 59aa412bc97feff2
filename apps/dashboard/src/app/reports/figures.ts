import type { CsrActivityQuery } from '../../generated/graphql';

export type CsrRow = CsrActivityQuery['csrActivity']['rows'][number];

/** How a figure is written: as a count, a length of time (seconds) or a share of one. */
export type FigureForm = 'count' | 'duration' | 'share';

export interface Figure {
  /** Also the key of its heading and of its explanation: `csrActivity.figures.<id>`. */
  readonly id: string;
  readonly form: FigureForm;
  /** null where there is nothing to say: a dash, never a nought. */
  readonly of: (row: CsrRow) => number | null;
  /** The name by which the API knows the sessions behind it. */
  readonly drill: string;
}

/** The columns of the report, in their order. */
export const figures: readonly Figure[] = [
  { id: 'sessions', form: 'count', of: (row) => row.sessions, drill: 'sessions' },
  { id: 'inSession', form: 'duration', of: (row) => row.inSession, drill: 'inSession' },
  { id: 'timeInSession', form: 'duration', of: (row) => row.timeInSession.average, drill: 'timeInSession' },
  { id: 'firstResponse', form: 'duration', of: (row) => row.firstResponse.average, drill: 'firstResponse' },
  { id: 'consentsAsked', form: 'count', of: (row) => row.consentsAsked, drill: 'consentsAsked' },
  { id: 'consentsGranted', form: 'count', of: (row) => row.consentsGranted, drill: 'consentsGranted' },
  { id: 'grantRate', form: 'share', of: (row) => row.grantRate, drill: 'consentsAsked' },
  { id: 'notes', form: 'count', of: (row) => row.notes.length, drill: 'notes' },
];

/** The four that stand above the table, large. */
export const tiles: readonly Figure[] = figures.filter(({ id }) =>
  ['sessions', 'inSession', 'firstResponse', 'grantRate'].includes(id),
);
