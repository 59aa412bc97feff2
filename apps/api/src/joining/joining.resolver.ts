import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { answer } from '../command-path/outcome';
import type { Receipt } from '../graphql/generated/staff';
import { signedIn } from '../graphql/staff-context';
import type { StaffContext } from '../graphql/staff-context';
import { AnswerJoinRequest, RemoveParticipant } from './joining.handlers';

interface ParticipantArgs {
  readonly commandId: string;
  readonly sessionId: string;
  readonly participantId: string;
}

/** What the representative decides about people at the door and inside. */
@Resolver()
export class JoiningResolver {
  constructor(@Inject(CommandBus) private readonly bus: CommandBus) {}

  @Mutation('admitToSession')
  async admitToSession(@Context() context: StaffContext, @Args() args: ParticipantArgs): Promise<Receipt> {
    return this.#answerRequest(context, args, 'AdmitToSession');
  }

  @Mutation('refuseAdmission')
  async refuseAdmission(@Context() context: StaffContext, @Args() args: ParticipantArgs): Promise<Receipt> {
    return this.#answerRequest(context, args, 'RefuseAdmission');
  }

  @Mutation('removeParticipant')
  async removeParticipant(@Context() context: StaffContext, @Args() args: ParticipantArgs): Promise<Receipt> {
    const { commandId, sessionId, participantId } = args;
    return answer(
      await this.bus.execute(new RemoveParticipant(signedIn(context), commandId, sessionId, participantId)),
    );
  }

  async #answerRequest(
    context: StaffContext,
    args: ParticipantArgs,
    given: AnswerJoinRequest['answer'],
  ): Promise<Receipt> {
    const { commandId, sessionId, participantId } = args;
    return answer(
      await this.bus.execute(new AnswerJoinRequest(signedIn(context), commandId, sessionId, participantId, given)),
    );
  }
}
