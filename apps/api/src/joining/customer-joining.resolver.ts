import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Resolver, Subscription } from '@nestjs/graphql';
import { streamOf } from '../command-path/derived-id';
import { answer } from '../command-path/outcome';
import { admitted, returnCookie } from '../graphql/customer-context';
import type { CustomerContext } from '../graphql/customer-context';
import type { Admission, CustomerReceipt, MutationJoinByNumberArgs } from '../graphql/generated/customer';
import { SessionFeed } from '../live-feed/session-feed';
import type { FeedBatch } from '../live-feed/session-feed';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';
import type { CustomerPlace } from './customer-bearers';
import { JoinByNumber, LeaveSession } from './joining.handlers';

const cookieOf = { httpOnly: true, sameSite: 'lax', path: '/graphql/customer' } as const;
const cookieLife = 24 * 3_600_000;

@Resolver()
export class CustomerJoiningResolver {
  constructor(
    @Inject(NODE) private readonly node: DesksideNode,
    @Inject(CommandBus) private readonly bus: CommandBus,
  ) {}

  @Mutation('joinByNumber')
  async joinByNumber(
    @Context() context: CustomerContext,
    @Args() { commandId, number, name }: MutationJoinByNumberArgs,
  ): Promise<Admission> {
    const { address, correlationId } = context;
    const place = answer(await this.bus.execute(new JoinByNumber(commandId, number, name, address, correlationId)));
    const { response } = context;
    const cookie = await this.node.bearers.issue('customer-return', place);
    response?.cookie(returnCookie, cookie, { ...cookieOf, secure: response.req.secure, maxAge: cookieLife });
    return this.#bearer(place, place.number);
  }

  @Mutation('returnToSession')
  async returnToSession(@Context() context: CustomerContext): Promise<Admission | null> {
    if (context.returnToken === null) return null;
    const place = await this.node.bearers.placeOf('customer-return', context.returnToken);
    const session = place === null ? null : await this.node.sessions.find(place.sessionId);
    if (place !== null && session !== null) return this.#bearer(place, session.number ?? '');
    context.response?.clearCookie(returnCookie, cookieOf);
    return null;
  }

  @Mutation('withdrawJoinRequest')
  async withdrawJoinRequest(
    @Context() context: CustomerContext,
    @Args('commandId') commandId: string,
  ): Promise<CustomerReceipt> {
    return this.#leave(context, commandId, 'WithdrawJoinRequest');
  }

  @Mutation('leaveSession')
  async leaveSession(
    @Context() context: CustomerContext,
    @Args('commandId') commandId: string,
  ): Promise<CustomerReceipt> {
    return this.#leave(context, commandId, 'LeaveSession');
  }

  @Subscription('sessionFeed', { resolve: (batch: unknown) => batch })
  async sessionFeed(
    @Context() context: CustomerContext,
    @Args('afterRevision') after?: number | null,
  ): Promise<AsyncIterableIterator<FeedBatch>> {
    const { sessionId, participantId } = admitted(context);
    const who = { sessionId, participantId };
    const { presence } = this.node;
    const request = { stream: streamOf('supportSession', sessionId), participantId, after: after ?? -1 };
    const feed = new SessionFeed(this.node, request, () => presence.feedClosed(who));
    presence.feedOpened(who);
    return feed;
  }

  async #leave(context: CustomerContext, commandId: string, act: LeaveSession['act']): Promise<CustomerReceipt> {
    const { revision } = answer(await this.bus.execute(new LeaveSession(admitted(context), commandId, act)));
    context.response?.clearCookie(returnCookie, cookieOf);
    return { revision: Number(revision) };
  }

  async #bearer(place: CustomerPlace, number: string): Promise<Admission> {
    const { sessionId, participantId } = place;
    return { bearer: await this.node.bearers.issue('customer-bearer', place), sessionId, participantId, number };
  }
}
