import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { answer } from '../command-path/outcome';
import { admitted } from '../graphql/customer-context';
import type { CustomerContext } from '../graphql/customer-context';
import type {
  CustomerReceipt,
  MutationApproveRequestArgs,
  MutationEndPermissionArgs,
  MutationGrantPermissionArgs,
  MutationReportNothingChosenArgs,
  MutationResumePermissionArgs,
  MutationRevokePermissionArgs,
  StopReceipt,
} from '../graphql/generated/customer';
import { MediaReconciler } from '../media/reconciler';
import { AnswerRequest, GrantPermission, ReportNothingChosen } from './consent.handlers';
import { EndPermission, RevokePermission } from './ending.handlers';

type AnswerArgs = MutationApproveRequestArgs;

/** What the owner of a screen answers, gives and takes back. */
@Resolver()
export class CustomerConsentResolver {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(MediaReconciler) private readonly media: MediaReconciler,
  ) {}

  @Mutation('showRequest')
  async showRequest(@Context() context: CustomerContext, @Args() args: AnswerArgs): Promise<CustomerReceipt> {
    return this.#answerRequest(context, args, 'ShowRequest');
  }

  @Mutation('extendRequest')
  async extendRequest(@Context() context: CustomerContext, @Args() args: AnswerArgs): Promise<CustomerReceipt> {
    return this.#answerRequest(context, args, 'ExtendRequest');
  }

  @Mutation('approveRequest')
  async approveRequest(@Context() context: CustomerContext, @Args() args: AnswerArgs): Promise<CustomerReceipt> {
    return this.#answerRequest(context, args, 'ApproveRequest');
  }

  @Mutation('denyRequest')
  async denyRequest(@Context() context: CustomerContext, @Args() args: AnswerArgs): Promise<CustomerReceipt> {
    return this.#answerRequest(context, args, 'DenyRequest');
  }

  @Mutation('reportNothingChosen')
  async reportNothingChosen(
    @Context() context: CustomerContext,
    @Args() { commandId, requestId, reason }: MutationReportNothingChosenArgs,
  ): Promise<CustomerReceipt> {
    return receipt(
      answer(await this.bus.execute(new ReportNothingChosen(admitted(context), commandId, requestId, reason))),
    );
  }

  @Mutation('grantPermission')
  async grantPermission(
    @Context() context: CustomerContext,
    @Args() { commandId, requestId, surface }: MutationGrantPermissionArgs,
  ): Promise<CustomerReceipt> {
    const command = new GrantPermission(admitted(context), commandId, { requestId }, surface);
    return receipt(answer(await this.bus.execute(command)));
  }

  @Mutation('resumePermission')
  async resumePermission(
    @Context() context: CustomerContext,
    @Args() { commandId, endedGrantId, surface }: MutationResumePermissionArgs,
  ): Promise<CustomerReceipt> {
    const command = new GrantPermission(admitted(context), commandId, { endedGrantId }, surface);
    return receipt(answer(await this.bus.execute(command)));
  }

  @Mutation('revokePermission')
  async revokePermission(
    @Context() context: CustomerContext,
    @Args() { commandId, grantId }: MutationRevokePermissionArgs,
  ): Promise<StopReceipt> {
    const stopped = answer(await this.bus.execute(new RevokePermission(admitted(context), commandId, grantId)));
    return { ...receipt(stopped), stoppedAtServer: stopped.stoppedAtServer };
  }

  @Mutation('endPermission')
  async endPermission(
    @Context() context: CustomerContext,
    @Args() { commandId, grantId, reason }: MutationEndPermissionArgs,
  ): Promise<CustomerReceipt> {
    const caller = admitted(context);
    const command = new EndPermission(caller, commandId, caller.sessionId, { grantId, reason });
    return receipt(answer(await this.bus.execute(command)));
  }

  @Query('stoppedAtServer')
  async stoppedAtServer(@Context() context: CustomerContext, @Args('grantId') grantId: string): Promise<boolean> {
    const { sessionId, participantId } = admitted(context);
    return answer(await this.media.isStopped(sessionId, grantId, participantId));
  }

  async #answerRequest(
    context: CustomerContext,
    { commandId, requestId }: AnswerArgs,
    given: AnswerRequest['answer'],
  ): Promise<CustomerReceipt> {
    return receipt(answer(await this.bus.execute(new AnswerRequest(admitted(context), commandId, requestId, given))));
  }
}

function receipt({ revision }: { readonly revision: bigint }): CustomerReceipt {
  return { revision: Number(revision) };
}
