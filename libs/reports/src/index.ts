export { csrActivityFigures, formulaVersion } from './csr-activity/csr-activity';
export type {
  CsrActivity,
  CsrActivityFigure,
  CsrActivityQueries,
  CsrActivityRow,
  CsrFigures,
  DurationFigures,
  ReportedNote,
  SessionShare,
} from './csr-activity/csr-activity';
export { csrActivityProjection } from './csr-activity/csr-activity-projection';
export { csrActivityQueries } from './csr-activity/csr-activity-queries';
export { columnsOf, localTime, longestRangeDays, parseDayRange } from './days/day-range';
export type { DayRange, ParsedRange, Span } from './days/day-range';
