import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { answer } from '../command-path/outcome';
import { admitted } from '../graphql/customer-context';
import type { CustomerContext } from '../graphql/customer-context';
import type { CustomerReceipt, MutationDescribeDeviceArgs } from '../graphql/generated/customer';
import { DescribeDevice } from './device.handlers';

@Resolver()
export class CustomerDeviceResolver {
  constructor(@Inject(CommandBus) private readonly bus: CommandBus) {}

  @Mutation('describeDevice')
  async describeDevice(
    @Context() context: CustomerContext,
    @Args() { commandId, device }: MutationDescribeDeviceArgs,
  ): Promise<CustomerReceipt> {
    const { revision } = answer(
      await this.bus.execute(new DescribeDevice(admitted(context), commandId, { ...device })),
    );
    return { revision: Number(revision) };
  }
}
