import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { StaffCaller } from '../command-path/caller';
import { answer, refused } from '../command-path/outcome';
import { atLeast } from '../graphql/at-least';
import type {
  CsrActivityReport,
  ExportedFile,
  MutationExportCsrActivityArgs,
  QueryCsrActivityArgs,
  QueryCsrActivitySessionsArgs,
  SessionList,
} from '../graphql/generated/staff';
import { signedIn } from '../graphql/staff-context';
import type { StaffContext } from '../graphql/staff-context';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';
import { isLocale } from '../site/locales';
import { SessionSummaries } from '../support-session/session-summaries';
import { csrActivityCsv } from './csr-activity-csv';
import { CsrActivityReports, filterOf, runOf } from './csr-activity-reports';
import type { ReportFilter } from './csr-activity-reports';

/** Reports. Reading one is written down with its filter and the position that its figures stand for. */
@Resolver()
export class ReportsResolver {
  constructor(
    @Inject(NODE) private readonly node: DesksideNode,
    @Inject(CsrActivityReports) private readonly reports: CsrActivityReports,
    @Inject(SessionSummaries) private readonly summaries: SessionSummaries,
  ) {}

  @Query('csrActivity')
  async csrActivity(@Context() context: StaffContext, @Args() args: QueryCsrActivityArgs): Promise<CsrActivityReport> {
    const caller = signedIn(context);
    const { filter, report } = await this.#run(caller, args, 'csrActivity');
    await this.node.journal.recordLook({ type: 'ReportRun', payload: runOf(filter, report) }, caller);
    return report;
  }

  @Query('csrActivitySessions')
  async csrActivitySessions(
    @Context() context: StaffContext,
    @Args() { representativeId, figure, ...range }: QueryCsrActivitySessionsArgs,
  ): Promise<SessionList> {
    const caller = signedIn(context);
    answer(await this.reports.whose(caller, [representativeId], 'csrActivitySessions'));
    const { span } = answer(filterOf(range, [representativeId]));
    const { readModels } = this.node;
    // The list knows every session that the figures know.
    await atLeast(readModels, ['sessions', 'people-and-search'], readModels.position('csr-activity'));
    const rows = answer(this.reports.sessionsBehind(figure, span, representativeId));
    return { sessions: await this.summaries.describe(rows), position: readModels.position('sessions') ?? '' };
  }

  @Mutation('exportCsrActivity')
  async exportCsrActivity(
    @Context() context: StaffContext,
    @Args() { locale, ...args }: MutationExportCsrActivityArgs,
  ): Promise<ExportedFile> {
    const caller = signedIn(context);
    const { filter, report } = await this.#run(caller, args, 'exportCsrActivity');
    if (!isLocale(locale)) return answer(refused('LOCALE_UNKNOWN'));
    const payload = { ...runOf(filter, report), format: 'csv' as const };
    await this.node.journal.record({ type: 'ReportExported', payload }, caller);
    return {
      name: `csr-activity_${filter.from}_${filter.to}.csv`,
      mediaType: 'text/csv; charset=utf-8',
      content: csrActivityCsv(report, locale),
    };
  }

  async #run(
    caller: StaffCaller,
    { representativeIds, atLeast: position, ...range }: QueryCsrActivityArgs,
    what: string,
  ): Promise<{ readonly filter: ReportFilter; readonly report: CsrActivityReport }> {
    const csrs = answer(await this.reports.whose(caller, representativeIds, what));
    const { filter, span } = answer(filterOf(range, csrs));
    await atLeast(this.node.readModels, ['csr-activity', 'people-and-search'], position);
    return { filter, report: await this.reports.read(filter, span) };
  }
}
