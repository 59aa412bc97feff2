import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { answer } from '../command-path/outcome';
import type {
  MutationJoinAudioArgs,
  MutationLeaveAudioArgs,
  MutationSetMutedArgs,
  Receipt,
} from '../graphql/generated/staff';
import { signedIn } from '../graphql/staff-context';
import type { StaffContext } from '../graphql/staff-context';
import { TakePartInAudio } from './audio.handlers';

@Resolver()
export class AudioResolver {
  constructor(@Inject(CommandBus) private readonly bus: CommandBus) {}

  @Mutation('joinAudio')
  async joinAudio(
    @Context() context: StaffContext,
    @Args() { commandId, sessionId, muted }: MutationJoinAudioArgs,
  ): Promise<Receipt> {
    const act = { type: 'JoinAudio', muted } as const;
    return answer(await this.bus.execute(new TakePartInAudio(signedIn(context), commandId, sessionId, act)));
  }

  @Mutation('leaveAudio')
  async leaveAudio(
    @Context() context: StaffContext,
    @Args() { commandId, sessionId }: MutationLeaveAudioArgs,
  ): Promise<Receipt> {
    const act = { type: 'LeaveAudio' } as const;
    return answer(await this.bus.execute(new TakePartInAudio(signedIn(context), commandId, sessionId, act)));
  }

  @Mutation('setMuted')
  async setMuted(
    @Context() context: StaffContext,
    @Args() { commandId, sessionId, muted }: MutationSetMutedArgs,
  ): Promise<Receipt> {
    const act = { type: muted ? 'MuteAudio' : 'UnmuteAudio' } as const;
    return answer(await this.bus.execute(new TakePartInAudio(signedIn(context), commandId, sessionId, act)));
  }
}
