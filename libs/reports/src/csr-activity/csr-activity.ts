import type { ErasedText, Instant, UnreadableText } from '@deskside/domain';
import type { Position } from '@deskside/event-store';
import type { SealedField } from '@deskside/read-model';
import type { Span } from '../days/day-range';

/** Raised when a figure is worked out in another way; docs/reports/csr-activity.md says what each is. */
export const formulaVersion = 1;

/** Every figure of the report that has sessions behind it. */
export const csrActivityFigures = [
  'sessions',
  'inSession',
  'timeInSession',
  'firstResponse',
  'consentsAsked',
  'consentsGranted',
  'notes',
] as const;
export type CsrActivityFigure = (typeof csrActivityFigures)[number];

/** Milliseconds; all null where nothing was measured. */
export interface DurationFigures {
  readonly count: number;
  readonly total: number | null;
  readonly average: number | null;
  readonly shortest: number | null;
  readonly longest: number | null;
  /** Within 10 % of the true one. */
  readonly median: number | null;
}

export interface CsrFigures {
  readonly sessions: number;
  /** Milliseconds. */
  readonly inSession: number;
  readonly timeInSession: DurationFigures;
  readonly firstResponse: DurationFigures;
  readonly consentsAsked: number;
  readonly consentsGranted: number;
  /** From 0 to 1; null when nothing was asked. */
  readonly grantRate: number | null;
}

export interface ReportedNote {
  readonly csr: string;
  readonly sessionId: string;
  readonly number: string;
  readonly noteId: string;
  readonly version: number;
  readonly savedAt: Instant;
  readonly text: SealedField | ErasedText | UnreadableText;
}

export interface CsrActivityRow extends CsrFigures {
  readonly csr: string;
  /** The oldest first. */
  readonly notes: readonly ReportedNote[];
}

export interface CsrActivityColumn {
  readonly from: number;
  readonly sessions: number;
  /** Milliseconds, of all CSRs together. */
  readonly inSession: number;
}

export interface CsrActivity {
  /** CSRs with anything in the range, and all who were asked for, by id. */
  readonly rows: readonly CsrActivityRow[];
  /** The rows together: a session with two CSRs counts for both. */
  readonly total: CsrFigures;
  readonly columns: readonly CsrActivityColumn[];
  /** Last event of any session that is in the figures; null before the first. */
  readonly position: Position | null;
}

/** A session behind a figure, and its part of it: how many, or how many milliseconds. */
export interface SessionShare {
  readonly sessionId: string;
  readonly amount: number;
}

export interface CsrActivityQueries {
  /** @param csrs null: all. @param columns where the columns of the chart begin, within the span. */
  report(span: Span, csrs: readonly string[] | null, columns: readonly number[]): CsrActivity;
  /** The newest session first. `inSession`: what two sessions share counts for each here, once in the figure. */
  sessionsBehind(figure: CsrActivityFigure, span: Span, csr: string): readonly SessionShare[];
}
