import { randomUUID } from 'node:crypto';
import { accessRecord, isWriteRefusalCode } from '@deskside/domain';
import type { AccessEvent, Permission, RefusalCode } from '@deskside/domain';
import { LogUnavailable } from '@deskside/event-store';
import type { Position } from '@deskside/event-store';
import type { Clock } from '../clock/clock';
import { actorOf } from '../command-path/caller';
import type { Caller, StaffCaller } from '../command-path/caller';
import type { CommandPath, Handled } from '../command-path/command-path';
import { streamOf } from '../command-path/derived-id';
import { answer, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import type { Log } from '../log/logger';

export type UnauthenticatedKind = 'signIn' | 'sessionNumber' | 'accountLink' | 'invitationLink';

/** Refused and sensitive acts, in this node's own stream: looking is an event too. */
export class AccessJournal {
  readonly #counted = new Map<UnauthenticatedKind, { count: number; since: string }>();
  #flushing: Promise<void> | undefined;

  constructor(
    private readonly parts: {
      readonly commands: CommandPath;
      readonly clock: Clock;
      readonly bootId: string;
      readonly log: Pick<Log, 'warn'>;
    },
  ) {}

  /** Writes the act down and says where it stands. `commandId` makes a repeated request one act. @throws GraphQLError when it cannot. */
  async record(event: AccessEvent, caller: Caller, commandId: string = randomUUID()): Promise<Position> {
    return answer(await this.#write(event, caller, commandId)).position;
  }

  /**
   * The same for a mere look: a log that is damaged, full or not to be written just now takes no record, but what can be read is read on, the
   * damage as well. Who has looked stands in the server's own log then. @returns null when it is not known to be recorded
   */
  async recordLook(event: AccessEvent, caller: Caller): Promise<Position | null> {
    const outcome = await this.#write(event, caller, randomUUID()).catch(refusedByLog);
    if (outcome.ok || !isWriteRefusalCode(outcome.refusal.code)) return answer(outcome).position;
    const session = event.type === 'SessionReplayed' ? { session: event.payload.sessionId } : {};
    const { code } = outcome.refusal;
    this.parts.log.warn('a look could not be recorded', { look: event.type, by: actorOf(caller).id, code, ...session });
    return null;
  }

  #write(event: AccessEvent, caller: Caller, commandId: string): Promise<Outcome<Handled<null>>> {
    const about = { stream: streamOf('access', this.parts.bootId), commandId, caller };
    return this.parts.commands.handle(accessRecord, about, { type: 'RecordAccess', payload: { event } });
  }

  /** First line of every handler of staff: the permission table decides, and a "no" is written down. */
  async authorise(caller: StaffCaller, permission: Permission, command: string): Promise<Outcome<never> | null> {
    return caller.permissions.has(permission) ? null : this.refuse(caller, command, 'NOT_ALLOWED');
  }

  /** A known person was refused something that was never his to do. */
  async refuse(caller: Caller, command: string, code: RefusalCode): Promise<Outcome<never>> {
    // The refusal stands whether or not it could be written down (a full disk).
    await this.record({ type: 'CommandRefused', payload: { command, code } }, caller).catch(() => undefined);
    return refused(code);
  }

  /** A refusal of somebody unknown: counted now, written at most once a minute. */
  countUnauthenticated(kind: UnauthenticatedKind): void {
    const counted = this.#counted.get(kind) ?? { count: 0, since: this.parts.clock.now().toISOString() };
    this.#counted.set(kind, { ...counted, count: counted.count + 1 });
  }

  /** One at a time: two would write the same down. */
  flushCounted(): Promise<void> {
    return (this.#flushing ??= this.#flush().finally(() => (this.#flushing = undefined)));
  }

  async #flush(): Promise<void> {
    const caller: Caller = { kind: 'system', id: this.parts.bootId, correlationId: randomUUID() };
    for (const [kind, { count, since }] of [...this.#counted]) {
      await this.record({ type: 'UnauthenticatedRefused', payload: { kind, count, since } }, caller);
      this.#writtenDown(kind, count);
    }
  }

  /** What came while it was written is counted on; what could not be written (a full disk) stays as it was. */
  #writtenDown(kind: UnauthenticatedKind, written: number): void {
    const left = (this.#counted.get(kind)?.count ?? 0) - written;
    if (left > 0) this.#counted.set(kind, { count: left, since: this.parts.clock.now().toISOString() });
    else this.#counted.delete(kind);
  }
}

/** Where this node stands in its stream is read from the log as well. */
function refusedByLog(error: unknown): Outcome<never> {
  if (error instanceof LogUnavailable) return refused('LOG_UNAVAILABLE');
  throw error;
}
