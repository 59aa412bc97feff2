import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import { streamOf } from '../command-path/derived-id';
import { answer, done } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import { admitted, returnCookie } from '../graphql/customer-context';
import type { CustomerContext } from '../graphql/customer-context';
import type {
  Admission,
  CustomerReceipt,
  MutationJoinByInvitationArgs,
  MutationJoinByNumberArgs,
  QuerySessionPreviewArgs,
  SessionPreview,
} from '../graphql/generated/customer';
import { SessionFeed } from '../live-feed/session-feed';
import type { FeedBatch } from '../live-feed/session-feed';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';
import type { CustomerPlace } from './customer-bearers';
import type { DoorKey } from './door';
import { keyOf } from './door-key';
import { JoinSession, LeaveSession } from './joining.handlers';
import { SessionPreviews } from './session-previews';

const cookieOf = { httpOnly: true, sameSite: 'lax', path: '/graphql/customer' } as const;
const cookieLife = 24 * 3_600_000;

@Resolver()
export class CustomerJoiningResolver {
  constructor(
    @Inject(NODE) private readonly node: DesksideNode,
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(SessionPreviews) private readonly previews: SessionPreviews,
  ) {}

  @Query('sessionPreview')
  async sessionPreview(
    @Context() context: CustomerContext,
    @Args() { number, link }: QuerySessionPreviewArgs,
  ): Promise<SessionPreview> {
    return answer(await this.previews.look(answer(keyOf(number, link)), context.address));
  }

  @Mutation('joinByNumber')
  async joinByNumber(
    @Context() context: CustomerContext,
    @Args() { commandId, number, name }: MutationJoinByNumberArgs,
  ): Promise<Admission> {
    return answer(await this.#join(context, commandId, { kind: 'number', secret: number }, name));
  }

  /** A link that this browser has used already leads back to where it led. */
  @Mutation('joinByInvitation')
  async joinByInvitation(
    @Context() context: CustomerContext,
    @Args() { commandId, link, name }: MutationJoinByInvitationArgs,
  ): Promise<Admission> {
    const joined = await this.#join(context, commandId, { kind: 'link', secret: link }, name);
    const isUsed = !joined.ok && joined.refusal.code === 'INVITATION_USED';
    const back = isUsed ? await this.#comeBack(context) : null;
    const sessionId = this.node.invitationLinks.read(link)?.sessionId;
    return back !== null && back.sessionId === sessionId ? back : answer(joined);
  }

  @Mutation('returnToSession')
  async returnToSession(@Context() context: CustomerContext): Promise<Admission | null> {
    if (context.returnToken === null) return null;
    const back = await this.#comeBack(context);
    if (back === null) context.response?.clearCookie(returnCookie, cookieOf);
    return back;
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
    const { sessionId, participantId, customerId } = admitted(context);
    const who = { sessionId, participantId };
    const { presence } = this.node;
    const place = { stream: streamOf('supportSession', sessionId), participantId };
    const request = { ...place, after: after ?? -1, owner: customerId };
    const feed = new SessionFeed(this.node, request, () => presence.feedClosed(who));
    presence.feedOpened(who);
    return feed;
  }

  async #leave(context: CustomerContext, commandId: string, act: LeaveSession['act']): Promise<CustomerReceipt> {
    const { revision } = answer(await this.bus.execute(new LeaveSession(admitted(context), commandId, act)));
    context.response?.clearCookie(returnCookie, cookieOf);
    return { revision: Number(revision) };
  }

  async #join(
    { address, correlationId, response }: CustomerContext,
    commandId: string,
    key: DoorKey,
    name: string,
  ): Promise<Outcome<Admission>> {
    const joined = await this.bus.execute(new JoinSession(commandId, key, name, { address, correlationId }));
    if (!joined.ok) return joined;
    const cookie = await this.node.bearers.issue('customer-return', joined.value, commandId);
    response?.cookie(returnCookie, cookie, { ...cookieOf, secure: response.req.secure, maxAge: cookieLife });
    return done(await this.#bearer(joined.value, joined.value.number, commandId));
  }

  async #comeBack({ returnToken }: CustomerContext): Promise<Admission | null> {
    const place = returnToken === null ? null : await this.node.bearers.placeOf('customer-return', returnToken);
    const session = place === null ? null : await this.node.sessions.find(place.sessionId);
    if (returnToken === null || place === null || session === null) return null;
    return this.#bearer(place, session.number ?? '', returnToken);
  }

  async #bearer(place: CustomerPlace, number: string, secret: string): Promise<Admission> {
    const { sessionId, participantId } = place;
    const bearer = await this.node.bearers.issue('customer-bearer', place, secret);
    return { bearer, sessionId, participantId, number };
  }
}
