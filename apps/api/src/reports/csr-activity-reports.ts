import { Inject, Injectable } from '@nestjs/common';
import { uuid } from '@deskside/domain';
import type { AccessEvent, OpenedText } from '@deskside/domain';
import { columnsOf, csrActivityFigures, formulaVersion, parseDayRange } from '@deskside/reports';
import type {
  CsrActivityFigure,
  CsrActivityRow as Row,
  CsrFigures,
  DayRange,
  DurationFigures as Durations,
  ReportedNote,
  Span,
} from '@deskside/reports';
import type { SessionSummary } from '@deskside/projections';
import { openedText } from '@deskside/vault';
import * as v from 'valibot';
import { personalText } from '../accounts/people-names';
import type { StaffCaller } from '../command-path/caller';
import { streamOf } from '../command-path/derived-id';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import type { CsrActivityNote, CsrActivityReport, CsrActivityRow, DurationFigures } from '../graphql/generated/staff';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';

/** What somebody asks for; `csrs` null is every CSR. */
export interface ReportFilter extends DayRange {
  readonly csrs: readonly string[] | null;
}

type Filter = Outcome<{ readonly filter: ReportFilter; readonly span: Span }>;

/** Range and CSRs as they were typed. RANGE_INVALID, TIME_ZONE_UNKNOWN, INPUT_INVALID for what is no account's id. */
export function filterOf(asked: DayRange, csrs: readonly string[] | null): Filter {
  if (!v.is(v.nullable(v.array(uuid)), csrs)) return refused('INPUT_INVALID');
  const parsed = parseDayRange(asked);
  if (!parsed.ok) return refused(parsed.code);
  return done({ filter: { ...parsed.range, csrs }, span: parsed.span });
}

/** The report "CSR activity", with what is personal in it opened for somebody who may read it. */
@Injectable()
export class CsrActivityReports {
  constructor(@Inject(NODE) private readonly node: DesksideNode) {}

  /**
   * Whose figures the caller sees: with `report.read` all or those chosen, with `report.readOwn` his own.
   * Asking for another's is refused and written down.
   */
  async whose(
    caller: StaffCaller,
    chosen: readonly string[] | null | undefined,
    what: string,
  ): Promise<Outcome<readonly string[] | null>> {
    const wanted = chosen == null || chosen.length === 0 ? null : [...new Set(chosen)].sort();
    if (caller.permissions.has('report.read')) return done(wanted);
    const denied = await this.node.journal.authorise(caller, 'report.readOwn', what);
    if (denied) return denied;
    const others = wanted?.some((id) => id !== caller.accountId) === true;
    return others ? this.node.journal.refuse(caller, what, 'NOT_ALLOWED') : done([caller.accountId]);
  }

  async read(filter: ReportFilter, span: Span): Promise<CsrActivityReport> {
    const activity = this.node.readModels.csrActivity.report(span, filter.csrs, columnsOf(filter));
    const names = this.node.names.of(activity.rows.map(({ csr }) => streamOf('representative', csr)));
    const rows = await Promise.all(activity.rows.map((row) => this.#row(row, names)));
    const { from, to, timeZone } = filter;
    const texts = rows.flatMap((row) => [row.name, ...row.notes.map(({ text }) => text)]);
    return {
      ...{ rows, total: { ...figures(activity.total), ...nobody }, timeZone, from, to, formulaVersion },
      buckets: activity.columns.map((column) => ({
        from: new Date(column.from).toISOString(),
        ...{ sessions: column.sessions, inSession: seconds(column.inSession) },
      })),
      erasedFields: texts.filter(({ lost }) => lost === 'erased').length,
      unreadableFields: texts.filter(({ lost }) => lost === 'unreadable').length,
      position: activity.position ?? '',
    };
  }

  /** The sessions that make a figure of one CSR. INPUT_INVALID: there is no such figure. */
  sessionsBehind(figure: string, span: Span, csr: string): Outcome<readonly SessionSummary[]> {
    const known = csrActivityFigures.find((name): name is CsrActivityFigure => name === figure);
    if (known === undefined) return refused('INPUT_INVALID');
    const shares = this.node.readModels.csrActivity.sessionsBehind(known, span, csr);
    return done(this.node.readModels.sessions.byIds(shares.map(({ sessionId }) => sessionId)));
  }

  async #row({ csr, notes, ...rest }: Row, names: ReadonlyMap<string, OpenedText>): Promise<CsrActivityRow> {
    return {
      ...figures(rest),
      representativeId: csr,
      name: personalText(names.get(streamOf('representative', csr))),
      notes: await Promise.all(notes.map((note) => this.#note(note))),
    };
  }

  async #note({ sessionId, number, noteId, version, savedAt, text }: ReportedNote): Promise<CsrActivityNote> {
    const opened = 'sealed' in text ? await openedText(this.node.vault, text.sealed, text.place) : text;
    return { sessionId, number, noteId, version, savedAt, text: personalText(opened) };
  }
}

/** The sum of all is nobody's. */
const nobody = { representativeId: '', name: { text: null, lost: null }, notes: [] };

function figures({
  inSession,
  timeInSession,
  firstResponse,
  ...counts
}: CsrFigures): Omit<CsrActivityRow, keyof typeof nobody> {
  return {
    ...counts,
    inSession: seconds(inSession),
    timeInSession: durations(timeInSession),
    firstResponse: durations(firstResponse),
  };
}

function durations({ count, total, average, shortest, longest, median }: Durations): DurationFigures {
  return {
    count,
    ...{ total: inSeconds(total), average: inSeconds(average), shortest: inSeconds(shortest) },
    ...{ longest: inSeconds(longest), median: inSeconds(median) },
  };
}

/** To the millisecond: an average has no more meaning than what it was made from. */
function seconds(ms: number): number {
  return Math.round(ms) / 1000;
}

function inSeconds(ms: number | null): number | null {
  return ms === null ? null : seconds(ms);
}

/** What the access record keeps of a run, so that it can be made again. */
export function runOf(
  { from, to, timeZone, csrs }: ReportFilter,
  { position }: CsrActivityReport,
): Extract<AccessEvent, { type: 'ReportRun' }>['payload'] {
  const representativeIds = csrs === null ? null : [...csrs];
  return { report: 'csrActivity', from, to, timeZone, representativeIds, position, formulaVersion };
}
