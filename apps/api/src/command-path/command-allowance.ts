import type { AccountCommand, Refusal, SupportSessionCommand } from '@deskside/domain';
import type { StreamName } from '@deskside/event-store';
import type { Limits, RateName } from '../limits/limits';
import { tooMany } from '../limits/too-many';
import { actorOf } from './caller';
import type { Caller } from './caller';

/** Who wants to write what, and where. */
export interface AboutCommand {
  readonly caller: Caller;
  readonly stream: StreamName;
  readonly type: string;
}

/**
 * Whoever ends, takes back or refuses something is never too fast: a Stop must be taken, and each of these changes nothing
 * once there is nothing left to end.
 */
const ending: ReadonlySet<string> = new Set<SupportSessionCommand['type'] | AccountCommand['type']>([
  ...(['RevokePermission', 'EndPermission', 'DenyRequest', 'WithdrawRequest', 'LeaveAudio', 'MuteAudio'] as const),
  ...(['LeaveSession', 'WithdrawJoinRequest', 'EndSession', 'RemoveParticipant', 'RefuseAdmission'] as const),
  ...(['ReportSession', 'TakeBackChatMessage', 'WithdrawInvitation', 'SignOut', 'DisableAccount'] as const),
]);

/**
 * How much of the permanent log somebody may fill: generous for people, and little enough for a program that a disk
 * outlasts it. The server's own commands are its own affair.
 */
export class CommandAllowance {
  constructor(private readonly limits: Limits) {}

  /** Why this command must wait; null when it need not. Asked only for a command that would change something. */
  refusalOf({ caller, stream, type }: AboutCommand): Refusal | null {
    if (caller.kind === 'system' || ending.has(type)) return null;
    const actor = actorOf(caller).id;
    const wait = stream.startsWith('supportSession-')
      ? this.#inSession({ caller, stream, type }, `${actor} ${stream}`)
      : this.#take(type === 'SignIn' ? 'signInsOfAccount' : 'commandsOfStaff', actor);
    return wait === 0 ? null : tooMany(wait);
  }

  /** What was written of it, bytes. */
  wrote({ caller, stream }: AboutCommand, bytes: number): void {
    if (caller.kind === 'system' || !stream.startsWith('supportSession-')) return;
    this.limits.rate('bytesInSession').charge(`${actorOf(caller).id} ${stream}`, bytes);
  }

  #inSession({ caller, stream, type }: AboutCommand, place: string): number {
    return (
      this.#take('bytesInSession', place) ||
      this.#take('commandsOfKind', `${place} ${type}`) ||
      this.#take('commandsInSession', place) ||
      // Many customers together do not keep the representative from working.
      (caller.kind === 'customer' ? this.#take('commandsOfCustomers', stream) : 0)
    );
  }

  #take(rate: RateName, key: string): number {
    return this.limits.rate(rate).take(key);
  }
}
