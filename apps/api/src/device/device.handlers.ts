import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { describedDeviceSchema } from '@deskside/domain';
import type { CustomerCaller } from '../command-path/caller';
import type { Handled } from '../command-path/command-path';
import { readInput } from '../command-path/input';
import type { Outcome } from '../command-path/outcome';
import { Sessions } from '../support-session/sessions';

/** A page says where it runs. */
export class DescribeDevice extends Command<Outcome<Handled<unknown>>> {
  constructor(
    readonly caller: CustomerCaller,
    readonly commandId: string,
    readonly device: Readonly<Record<string, unknown>>,
  ) {
    super();
  }
}

@CommandHandler(DescribeDevice)
export class DescribeDeviceHandler implements ICommandHandler<DescribeDevice> {
  constructor(private readonly sessions: Sessions) {}

  async execute(command: DescribeDevice): Promise<Outcome<Handled<unknown>>> {
    const device = readInput(describedDeviceSchema, command.device, 'device');
    if (!device.ok) return device;
    return this.sessions.handleAsCustomer(command, (participantId) => ({
      type: 'DescribeDevice',
      payload: { participantId, device: device.value },
    }));
  }
}
