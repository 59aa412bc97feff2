import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Resolver, Subscription } from '@nestjs/graphql';
import { answer } from '../command-path/outcome';
import type { AlertList, MutationReviewSessionReportArgs, Receipt } from '../graphql/generated/staff';
import { signedIn } from '../graphql/staff-context';
import type { StaffContext } from '../graphql/staff-context';
import { listFeed } from '../live-feed/list-feed';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';
import { SessionSummaries } from '../support-session/session-summaries';
import { ReviewSessionReport } from './reporting.handlers';

/** Sessions that somebody reported as no help he had asked for. */
@Resolver()
export class ReportingResolver {
  constructor(
    @Inject(NODE) private readonly node: DesksideNode,
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(SessionSummaries) private readonly summaries: SessionSummaries,
  ) {}

  @Mutation('reviewSessionReport')
  async reviewSessionReport(
    @Context() context: StaffContext,
    @Args() { commandId, sessionId }: MutationReviewSessionReportArgs,
  ): Promise<Receipt> {
    return answer(await this.bus.execute(new ReviewSessionReport(signedIn(context), commandId, sessionId)));
  }

  @Subscription('alerts', { resolve: (list: unknown) => list })
  async alerts(@Context() context: StaffContext): Promise<AsyncIterableIterator<AlertList>> {
    const { journal, readModels } = this.node;
    const denied = await journal.authorise(signedIn(context), 'alert.review', 'alerts');
    if (denied) answer(denied);
    return listFeed(readModels, ['alerts', 'sessions', 'people-and-search'], () => this.#list());
  }

  /** A session that the list of sessions does not have yet comes with its next change. */
  async #list(): Promise<AlertList> {
    const { readModels } = this.node;
    const position = readModels.position('alerts') ?? '';
    const reported = new Map(readModels.alerts.unreviewed().map((row) => [row.sessionId, row.reportedAt]));
    const summaries = await this.summaries.describe(readModels.sessions.byIds([...reported.keys()]));
    const alerts = summaries.map((summary) => ({ summary, reportedAt: reported.get(summary.id) ?? summary.startedAt }));
    return { alerts, position };
  }
}
