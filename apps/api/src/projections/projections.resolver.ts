import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import { answer } from '../command-path/outcome';
import type { ProjectionList, Receipt } from '../graphql/generated/staff';
import { signedIn } from '../graphql/staff-context';
import type { StaffContext } from '../graphql/staff-context';
import { Mailbox } from '../live-feed/mailbox';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';
import { ManageProjection } from './projections.handlers';

@Resolver()
export class ProjectionsResolver {
  constructor(
    @Inject(NODE) private readonly node: DesksideNode,
    @Inject(CommandBus) private readonly bus: CommandBus,
  ) {}

  @Query('projections')
  async projections(@Context() context: StaffContext): Promise<ProjectionList> {
    await this.#authorise(context, 'projections');
    return this.#list();
  }

  @Subscription('projectionsFeed', { resolve: (list: unknown) => list })
  async projectionsFeed(@Context() context: StaffContext): Promise<AsyncIterableIterator<ProjectionList>> {
    await this.#authorise(context, 'projectionsFeed');
    const mailbox = new Mailbox<ProjectionList>(() => stop());
    const stop = this.node.readModels.onStates(() => mailbox.push(this.#list()));
    mailbox.push(this.#list());
    return mailbox;
  }

  @Mutation('rebuildProjection')
  async rebuildProjection(
    @Context() context: StaffContext,
    @Args('commandId') commandId: string,
    @Args('name') name: string,
  ): Promise<Receipt> {
    return answer(
      await this.bus.execute(new ManageProjection(signedIn(context), commandId, name, { type: 'rebuild' })),
    );
  }

  @Mutation('pauseProjection')
  async pauseProjection(
    @Context() context: StaffContext,
    @Args() { commandId, name, paused }: { commandId: string; name: string; paused: boolean },
  ): Promise<Receipt> {
    return answer(
      await this.bus.execute(new ManageProjection(signedIn(context), commandId, name, { type: 'pause', paused })),
    );
  }

  async #authorise(context: StaffContext, what: string): Promise<void> {
    const denied = await this.node.journal.authorise(signedIn(context), 'projection.manage', what);
    if (denied) answer(denied);
  }

  #list(): ProjectionList {
    return { projections: this.node.readModels.states().map((state) => ({ ...state })) };
  }
}
