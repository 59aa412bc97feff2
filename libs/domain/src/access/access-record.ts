import { accept } from '../decider';
import type { Command, Decider } from '../decider';
import type { AccessEvent } from './access-events';

export type AccessCommand = Command<'RecordAccess', { readonly event: AccessEvent }>;

/** The stream `access-<boot id>` of one node: a record of what was looked at and refused. It has no rules of its own. */
export const accessRecord: Decider<AccessCommand, AccessEvent, null> = {
  initialState: () => null,
  evolve: () => null,
  decide: (command) => accept(command.payload.event),
};
