import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { invitationIn } from '@deskside/domain';
import { answer, refusalError } from '../command-path/outcome';
import type {
  InvitationText,
  MutationInviteCustomerArgs,
  MutationResendInvitationArgs,
  MutationWithdrawInvitationArgs,
  QueryInvitationTextArgs,
  Receipt,
} from '../graphql/generated/staff';
import { signedIn } from '../graphql/staff-context';
import type { StaffContext } from '../graphql/staff-context';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';
import { PublicUrl } from '../node/public-url';
import { ChangeInvitation, InviteCustomer } from './invitation.handlers';
import { invitationText } from './invitation-text';

@Resolver()
export class InvitationResolver {
  constructor(
    @Inject(NODE) private readonly node: DesksideNode,
    @Inject(PublicUrl) private readonly publicUrl: PublicUrl,
    @Inject(CommandBus) private readonly bus: CommandBus,
  ) {}

  /** For whoever reads it out or copies it; a mail's text too, so that one sees what goes out. */
  @Query('invitationText')
  async invitationText(
    @Context() context: StaffContext,
    @Args() { sessionId, invitationId }: QueryInvitationTextArgs,
  ): Promise<InvitationText> {
    const { invitations, sessions } = this.node;
    const { session } = answer(await sessions.placeOf(signedIn(context), sessionId, 'invitationText'));
    const invitation = invitationIn(session, invitationId);
    if (invitation === undefined) throw refusalError({ code: 'INVITATION_NOT_FOUND' });
    return invitationText(await invitations.factsOf(sessionId, session, invitation, this.publicUrl.value));
  }

  @Mutation('inviteCustomer')
  async inviteCustomer(@Context() context: StaffContext, @Args() args: MutationInviteCustomerArgs): Promise<Receipt> {
    const { commandId, sessionId, channel, recipient = null, customerName = null, locale } = args;
    const invitation = { channel, recipient, customerName, locale };
    return answer(await this.bus.execute(new InviteCustomer(signedIn(context), commandId, sessionId, invitation)));
  }

  @Mutation('resendInvitation')
  async resendInvitation(
    @Context() context: StaffContext,
    @Args() args: MutationResendInvitationArgs,
  ): Promise<Receipt> {
    return this.#change(context, args, 'ResendInvitation');
  }

  @Mutation('withdrawInvitation')
  async withdrawInvitation(
    @Context() context: StaffContext,
    @Args() args: MutationWithdrawInvitationArgs,
  ): Promise<Receipt> {
    return this.#change(context, args, 'WithdrawInvitation');
  }

  async #change(
    context: StaffContext,
    { commandId, sessionId, invitationId }: MutationResendInvitationArgs,
    act: ChangeInvitation['act'],
  ): Promise<Receipt> {
    return answer(
      await this.bus.execute(new ChangeInvitation(signedIn(context), commandId, sessionId, invitationId, act)),
    );
  }
}
