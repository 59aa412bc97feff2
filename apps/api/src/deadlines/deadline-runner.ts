import { randomUUID } from 'node:crypto';
import type { DueRow, ReadModels } from '@deskside/projections';
import type { Claims } from '../claims/claims';
import type { Clock } from '../clock/clock';
import type { Caller } from '../command-path/caller';
import { derivedId } from '../command-path/derived-id';
import type { Sessions } from '../support-session/sessions';

/** Rows worked off in one go. */
const batch = 100;
/** Looked at again at the latest after this, in case the clock was set. */
const longestSleep = 60_000;
/** A due list that cannot be read now (it is being made again, the disk is busy) is looked at again after this. */
const shortRest = 2000;

/**
 * Works off the due list. Each row becomes a command whose id is made from the row, so that many nodes and many tries are
 * one act; the rules decide by the command's own time whether it is really due.
 */
export class DeadlineRunner {
  readonly #caller: Caller;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #again = false;
  #closed = false;
  #stopWatching: () => void = () => undefined;

  constructor(
    private readonly parts: {
      readonly readModels: ReadModels;
      readonly sessions: Sessions;
      readonly claims: Claims;
      readonly clock: Clock;
      readonly bootId: string;
      readonly onFailure: (error: unknown) => void;
    },
  ) {
    this.#caller = { kind: 'system', id: parts.bootId, correlationId: randomUUID() };
  }

  start(): void {
    this.#stopWatching = this.parts.readModels.onChange('deadlines', () => this.#look());
    this.#look();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopWatching();
    clearTimeout(this.#timer);
    await this.#working;
  }

  #look(): void {
    if (this.#closed) return;
    if (this.#working !== undefined) return void (this.#again = true);
    this.#working = this.#work()
      .catch((error: unknown) => {
        this.parts.onFailure(error);
        this.#lookAgainIn(shortRest);
      })
      .finally(() => {
        this.#working = undefined;
        if (this.#again) {
          this.#again = false;
          this.#look();
        }
      });
  }

  async #work(): Promise<void> {
    const { deadlines } = this.parts.readModels;
    clearTimeout(this.#timer);
    const now = this.parts.clock.now();
    // One that fails stays on the list and holds up no other.
    for (const row of deadlines.due(now.toISOString(), batch)) await this.#run(row).catch(this.parts.onFailure);
    const next = deadlines.nextDueAt();
    // At least a second: a row that its rules do not find due yet must not spin.
    if (next !== null) this.#lookAgainIn(Math.min(longestSleep, Math.max(1000, Date.parse(next) - now.getTime())));
  }

  #lookAgainIn(milliseconds: number): void {
    if (!this.#closed) this.#timer = setTimeout(() => this.#look(), milliseconds).unref();
  }

  async #run(row: DueRow): Promise<void> {
    const { sessions, claims } = this.parts;
    const caller = this.#caller;
    switch (row.kind) {
      case 'sessionNumber': {
        const sessionId = row.stream.replace(/^supportSession-/, '');
        const commandId = derivedId('deadline', row.kind, row.stream, row.dueAt);
        await sessions.handle({ sessionId, caller, commandId }, { type: 'EndUnusedSession', payload: {} });
        return;
      }
      case 'claim':
        return claims.release({ stream: row.stream, claimant: row.claimant, reason: 'orphaned', caller });
      case 'releaseNumber':
        return claims.release({ stream: row.claim, claimant: row.stream, reason: 'sessionEnded', caller });
      case 'permissionRequest': {
        const { requestId, stream, dueAt } = row;
        const commandId = derivedId('deadline', row.kind, stream, requestId, dueAt);
        const sessionId = stream.replace(/^supportSession-/, '');
        await sessions.handle({ sessionId, caller, commandId }, { type: 'TimeOutRequest', payload: { requestId } });
        return;
      }
    }
  }
}
