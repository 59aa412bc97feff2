import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { answer } from '../command-path/outcome';
import type {
  MutationEndPermissionArgs,
  MutationRequestPermissionArgs,
  MutationWithdrawRequestArgs,
  Receipt,
} from '../graphql/generated/staff';
import { signedIn } from '../graphql/staff-context';
import type { StaffContext } from '../graphql/staff-context';
import { RequestPermission, WithdrawRequest } from './consent.handlers';
import { EndPermission } from './ending.handlers';

/** What representatives ask for, and what they no longer want. */
@Resolver()
export class ConsentResolver {
  constructor(@Inject(CommandBus) private readonly bus: CommandBus) {}

  @Mutation('requestPermission')
  async requestPermission(
    @Context() context: StaffContext,
    @Args() { commandId, sessionId, capability, access }: MutationRequestPermissionArgs,
  ): Promise<Receipt> {
    const command = new RequestPermission(signedIn(context), commandId, sessionId, { capability, access });
    return answer(await this.bus.execute(command));
  }

  @Mutation('withdrawRequest')
  async withdrawRequest(
    @Context() context: StaffContext,
    @Args() { commandId, sessionId, requestId }: MutationWithdrawRequestArgs,
  ): Promise<Receipt> {
    return answer(await this.bus.execute(new WithdrawRequest(signedIn(context), commandId, sessionId, requestId)));
  }

  @Mutation('endPermission')
  async endPermission(
    @Context() context: StaffContext,
    @Args() { commandId, sessionId, grantId }: MutationEndPermissionArgs,
  ): Promise<Receipt> {
    const share = { grantId, reason: 'endedByViewer' };
    return answer(await this.bus.execute(new EndPermission(signedIn(context), commandId, sessionId, share)));
  }
}
