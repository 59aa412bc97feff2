import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { personalText } from '../accounts/people-names';
import { answer, refusalError } from '../command-path/outcome';
import type { ErasurePreview, Receipt } from '../graphql/generated/staff';
import { signedIn } from '../graphql/staff-context';
import type { StaffContext } from '../graphql/staff-context';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';
import { SessionSummaries } from '../support-session/session-summaries';
import { ErasePersonalData, sessionsOf } from './erasure.handlers';

@Resolver()
export class ErasureResolver {
  constructor(
    @Inject(NODE) private readonly node: DesksideNode,
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(SessionSummaries) private readonly summaries: SessionSummaries,
  ) {}

  @Query('erasurePreview')
  async erasurePreview(
    @Context() context: StaffContext,
    @Args('customerId') customerId: string,
  ): Promise<ErasurePreview> {
    const denied = await this.node.journal.authorise(signedIn(context), 'personalData.erase', 'erasurePreview');
    if (denied) return answer(denied);
    const rows = sessionsOf(this.node, customerId);
    const subject = `customer-${customerId}`;
    const known = rows.length > 0 || (await this.node.vault.holds({ subject, class: 'identity' }));
    if (!known) throw refusalError({ code: 'CUSTOMER_NOT_FOUND' });
    return {
      customerId,
      name: personalText(this.node.names.of([subject]).get(subject)),
      sessions: await this.summaries.describe(rows),
      chatLines: rows.reduce((sum, row) => sum + row.chatLines, 0),
      openSessions: rows.filter((row) => row.status === 'open').length,
    };
  }

  @Mutation('erasePersonalData')
  async erasePersonalData(
    @Context() context: StaffContext,
    @Args('commandId') commandId: string,
    @Args('customerId') customerId: string,
  ): Promise<Receipt> {
    return answer(await this.bus.execute(new ErasePersonalData(signedIn(context), commandId, customerId)));
  }
}
