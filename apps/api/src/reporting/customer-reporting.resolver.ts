import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { answer } from '../command-path/outcome';
import { admitted } from '../graphql/customer-context';
import type { CustomerContext } from '../graphql/customer-context';
import type { MutationReportSessionArgs, ReportReceipt } from '../graphql/generated/customer';
import { keyOf } from '../joining/door-key';
import { ReportSession } from './reporting.handlers';

@Resolver()
export class CustomerReportingResolver {
  constructor(@Inject(CommandBus) private readonly bus: CommandBus) {}

  @Mutation('reportSession')
  async reportSession(
    @Context() context: CustomerContext,
    @Args() { commandId, number, link }: MutationReportSessionArgs,
  ): Promise<ReportReceipt> {
    const isOutside = typeof number === 'string' || typeof link === 'string';
    const by = isOutside ? answer(keyOf(number, link)) : admitted(context);
    const { address, correlationId } = context;
    return answer(await this.bus.execute(new ReportSession(commandId, by, { address, correlationId })));
  }
}
