import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import type { StaffCaller } from '../command-path/caller';
import { answer } from '../command-path/outcome';
import type { CaughtMailList, MailState, MutationSendTestMailArgs, TestMail } from '../graphql/generated/staff';
import { signedIn } from '../graphql/staff-context';
import type { StaffContext } from '../graphql/staff-context';
import { Mailbox } from '../live-feed/mailbox';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';
import { SendTestMail } from './mail.handlers';

/** How mail leaves this site, and the mailbox that catches it while no mail server is set. */
@Resolver()
export class MailResolver {
  constructor(
    @Inject(NODE) private readonly node: DesksideNode,
    @Inject(CommandBus) private readonly bus: CommandBus,
  ) {}

  @Query('mail')
  async mail(@Context() context: StaffContext): Promise<MailState> {
    await this.#authorised(context, 'mail');
    const { kind, from } = this.node.mail;
    return { kind, from };
  }

  @Query('developmentMailbox')
  async developmentMailbox(@Context() context: StaffContext): Promise<CaughtMailList> {
    const caller = await this.#authorised(context, 'developmentMailbox');
    await this.node.journal.recordLook({ type: 'DevelopmentMailboxRead', payload: {} }, caller);
    const mails = await this.node.developmentMailbox.caught();
    return { mails: mails.map(({ id, at, to, subject, text }) => ({ id, at, to, subject, text })) };
  }

  @Mutation('sendTestMail')
  async sendTestMail(
    @Context() context: StaffContext,
    @Args() { commandId, to }: MutationSendTestMailArgs,
  ): Promise<TestMail> {
    const outcome = answer(await this.bus.execute(new SendTestMail(signedIn(context), commandId, to)));
    const { serverReply = null } = outcome;
    return { accepted: outcome.ok, reason: outcome.ok ? null : outcome.reason, serverReply };
  }

  @Subscription('developmentMailCaught', { resolve: (caught: unknown) => caught })
  async developmentMailCaught(@Context() context: StaffContext): Promise<AsyncIterableIterator<boolean>> {
    await this.#authorised(context, 'developmentMailCaught');
    const caught = new Mailbox<boolean>(() => stop());
    const stop = this.node.developmentMailbox.onCaught(() => caught.push(true));
    // Whoever begins to watch has to look once.
    caught.push(true);
    return caught;
  }

  async #authorised(context: StaffContext, operation: string): Promise<StaffCaller> {
    const caller = signedIn(context);
    const denied = await this.node.journal.authorise(caller, 'mail.manage', operation);
    return denied ? answer(denied) : caller;
  }
}
