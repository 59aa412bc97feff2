import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Resolver, Subscription } from '@nestjs/graphql';
import { answer } from '../command-path/outcome';
import type {
  MutationSendChatMessageArgs,
  MutationSignalTypingArgs,
  MutationTakeBackChatMessageArgs,
  Receipt,
} from '../graphql/generated/staff';
import { signedIn } from '../graphql/staff-context';
import type { StaffContext } from '../graphql/staff-context';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';
import type { TypingSignal } from '../typing/signals';
import { signalTyping } from '../typing/signal-typing';
import { typingFeed } from '../typing/typing-feed';
import { SendChatMessage, TakeBackChatMessage } from './chat.handlers';

@Resolver()
export class ChatResolver {
  constructor(
    @Inject(NODE) private readonly node: DesksideNode,
    @Inject(CommandBus) private readonly bus: CommandBus,
  ) {}

  @Mutation('sendChatMessage')
  async sendChatMessage(@Context() context: StaffContext, @Args() args: MutationSendChatMessageArgs): Promise<Receipt> {
    const { commandId, sessionId, to, text } = args;
    return answer(await this.bus.execute(new SendChatMessage(signedIn(context), commandId, sessionId, to, text)));
  }

  @Mutation('takeBackChatMessage')
  async takeBackChatMessage(
    @Context() context: StaffContext,
    @Args() args: MutationTakeBackChatMessageArgs,
  ): Promise<Receipt> {
    const { commandId, sessionId, messageId } = args;
    return answer(await this.bus.execute(new TakeBackChatMessage(signedIn(context), commandId, sessionId, messageId)));
  }

  @Mutation('signalTyping')
  async signalTyping(
    @Context() context: StaffContext,
    @Args() { sessionId, to, typing }: MutationSignalTypingArgs,
  ): Promise<boolean> {
    const { participant } = answer(await this.node.sessions.placeOf(signedIn(context), sessionId, 'signalTyping'));
    return signalTyping(this.node, sessionId, { participantId: participant.id, typing, to });
  }

  @Subscription('typing', { resolve: (signal: unknown) => signal })
  async typing(
    @Context() context: StaffContext,
    @Args('sessionId') sessionId: string,
  ): Promise<AsyncIterableIterator<TypingSignal>> {
    const { participant } = answer(await this.node.sessions.placeOf(signedIn(context), sessionId, 'typing'));
    return typingFeed(this.node, { sessionId, participantId: participant.id });
  }
}
