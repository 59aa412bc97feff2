import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Resolver, Subscription } from '@nestjs/graphql';
import { isInSession } from '@deskside/domain';
import type { CustomerCaller } from '../command-path/caller';
import { answer, refusalError } from '../command-path/outcome';
import { admitted } from '../graphql/customer-context';
import type { CustomerContext } from '../graphql/customer-context';
import type {
  CustomerReceipt,
  MutationSendChatMessageArgs,
  MutationSignalTypingArgs,
  MutationTakeBackChatMessageArgs,
} from '../graphql/generated/customer';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';
import type { TypingSignal } from '../typing/signals';
import { signalTyping } from '../typing/signal-typing';
import { typingFeed } from '../typing/typing-feed';
import { SendChatMessage, TakeBackChatMessage } from './chat.handlers';

@Resolver()
export class CustomerChatResolver {
  constructor(
    @Inject(NODE) private readonly node: DesksideNode,
    @Inject(CommandBus) private readonly bus: CommandBus,
  ) {}

  @Mutation('sendChatMessage')
  async sendChatMessage(
    @Context() context: CustomerContext,
    @Args() { commandId, to, text }: MutationSendChatMessageArgs,
  ): Promise<CustomerReceipt> {
    const caller = admitted(context);
    const { revision } = answer(
      await this.bus.execute(new SendChatMessage(caller, commandId, caller.sessionId, to, text)),
    );
    return { revision: Number(revision) };
  }

  @Mutation('takeBackChatMessage')
  async takeBackChatMessage(
    @Context() context: CustomerContext,
    @Args() { commandId, messageId }: MutationTakeBackChatMessageArgs,
  ): Promise<CustomerReceipt> {
    const caller = admitted(context);
    const { revision } = answer(
      await this.bus.execute(new TakeBackChatMessage(caller, commandId, caller.sessionId, messageId)),
    );
    return { revision: Number(revision) };
  }

  @Mutation('signalTyping')
  async signalTyping(
    @Context() context: CustomerContext,
    @Args() { to, typing }: MutationSignalTypingArgs,
  ): Promise<boolean> {
    const { sessionId, participantId } = await this.#inSession(admitted(context));
    return signalTyping(this.node, sessionId, { participantId, typing, to });
  }

  @Subscription('typing', { resolve: (signal: unknown) => signal })
  async typing(@Context() context: CustomerContext): Promise<AsyncIterableIterator<TypingSignal>> {
    const { sessionId, participantId } = await this.#inSession(admitted(context));
    return typingFeed(this.node, { sessionId, participantId });
  }

  /** Whoever waits at the door neither shows nor learns who types. */
  async #inSession(caller: CustomerCaller): Promise<CustomerCaller> {
    const session = await this.node.sessions.find(caller.sessionId);
    if (isInSession(session?.participants[caller.participantId])) return caller;
    throw refusalError({ code: 'NOT_A_PARTICIPANT' });
  }
}
