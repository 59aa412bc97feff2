import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { answer } from '../command-path/outcome';
import { admitted } from '../graphql/customer-context';
import type { CustomerContext } from '../graphql/customer-context';
import type {
  CustomerReceipt,
  MutationJoinAudioArgs,
  MutationLeaveAudioArgs,
  MutationSetMutedArgs,
} from '../graphql/generated/customer';
import { TakePartInAudio } from './audio.handlers';

@Resolver()
export class CustomerAudioResolver {
  constructor(@Inject(CommandBus) private readonly bus: CommandBus) {}

  @Mutation('joinAudio')
  async joinAudio(
    @Context() context: CustomerContext,
    @Args() { commandId, muted }: MutationJoinAudioArgs,
  ): Promise<CustomerReceipt> {
    return this.#take(context, commandId, { type: 'JoinAudio', muted });
  }

  @Mutation('leaveAudio')
  async leaveAudio(
    @Context() context: CustomerContext,
    @Args() { commandId }: MutationLeaveAudioArgs,
  ): Promise<CustomerReceipt> {
    return this.#take(context, commandId, { type: 'LeaveAudio' });
  }

  @Mutation('setMuted')
  async setMuted(
    @Context() context: CustomerContext,
    @Args() { commandId, muted }: MutationSetMutedArgs,
  ): Promise<CustomerReceipt> {
    return this.#take(context, commandId, { type: muted ? 'MuteAudio' : 'UnmuteAudio' });
  }

  async #take(context: CustomerContext, commandId: string, act: TakePartInAudio['act']): Promise<CustomerReceipt> {
    const caller = admitted(context);
    const { revision } = answer(await this.bus.execute(new TakePartInAudio(caller, commandId, caller.sessionId, act)));
    return { revision: Number(revision) };
  }
}
