import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Resolver, Subscription } from '@nestjs/graphql';
import { answer } from '../command-path/outcome';
import type {
  MutationStartOutboundSessionArgs,
  Receipt,
  SessionList,
  StartedSession,
} from '../graphql/generated/staff';
import { signedIn } from '../graphql/staff-context';
import type { StaffContext } from '../graphql/staff-context';
import { streamOf } from '../command-path/derived-id';
import { listFeed } from '../live-feed/list-feed';
import { SessionFeed } from '../live-feed/session-feed';
import type { FeedBatch } from '../live-feed/session-feed';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';
import { SessionSummaries } from './session-summaries';
import { EndSession, StartOutboundSession } from './support-session.handlers';

@Resolver()
export class SupportSessionResolver {
  constructor(
    @Inject(NODE) private readonly node: DesksideNode,
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(SessionSummaries) private readonly summaries: SessionSummaries,
  ) {}

  @Mutation('startOutboundSession')
  async startOutboundSession(
    @Context() context: StaffContext,
    @Args() { commandId, subject, ticket }: MutationStartOutboundSessionArgs,
  ): Promise<StartedSession> {
    const command = new StartOutboundSession(signedIn(context), commandId, subject ?? null, ticket ?? null);
    return answer(await this.bus.execute(command));
  }

  @Mutation('endSession')
  async endSession(
    @Context() context: StaffContext,
    @Args('commandId') commandId: string,
    @Args('sessionId') sessionId: string,
  ): Promise<Receipt> {
    return answer(await this.bus.execute(new EndSession(signedIn(context), commandId, sessionId)));
  }

  @Subscription('mySessions', { resolve: (list: unknown) => list })
  async mySessions(@Context() context: StaffContext): Promise<AsyncIterableIterator<SessionList>> {
    const caller = signedIn(context);
    const denied = await this.node.journal.authorise(caller, 'session.serve', 'mySessions');
    if (denied) answer(denied);
    const { readModels } = this.node;
    return listFeed(readModels, ['sessions', 'people-and-search'], async () => ({
      sessions: await this.summaries.describe(readModels.sessions.openSessionsOf(caller.accountId)),
      position: readModels.position('sessions') ?? '',
    }));
  }

  @Subscription('sessionFeed', { resolve: (batch: unknown) => batch })
  async sessionFeed(
    @Context() context: StaffContext,
    @Args('sessionId') sessionId: string,
    @Args('afterRevision') after?: number | null,
  ): Promise<AsyncIterableIterator<FeedBatch>> {
    const caller = signedIn(context);
    const place = answer(await this.node.sessions.placeOf(caller, sessionId, 'sessionFeed'));
    const who = { sessionId, participantId: place.participant.id };
    const { presence } = this.node;
    const stream = streamOf('supportSession', sessionId);
    const request = { stream, participantId: who.participantId, after: after ?? -1, owner: caller.accountId };
    const feed = new SessionFeed(this.node, request, () => presence.feedClosed(who));
    presence.feedOpened(who);
    return feed;
  }
}
