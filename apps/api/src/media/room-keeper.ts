import { setTimeout as pause } from 'node:timers/promises';
import type { KnownSession } from '@deskside/domain';
import { mediaRights, sameMediaRights } from '@deskside/media';
import type { MediaRights } from '@deskside/media';
import { MediaFailure } from '@deskside/media/server';
import type { MediaServer } from '@deskside/media/server';
import type { Sessions } from '../support-session/sessions';
import { both, whatDiffers, whatIsTooMuch } from './room-comparison';
import type { RoomStep } from './room-comparison';
import { withoutFormerStaff } from './former-staff';

export interface RoomParts {
  readonly server: MediaServer;
  readonly sessions: Pick<Sessions, 'find' | 'findAfresh'>;
  /** Whether this account may serve sessions as it stands now. */
  readonly mayServe: (accountId: string) => Promise<boolean>;
  readonly onFailure: (error: unknown) => void;
  /** False while there is no media server: then nothing is tried, whoever brings it back compares all rooms. */
  readonly isReady: () => boolean;
}

/** The server shows a change a little after it was made: milliseconds before it is looked at again. */
const lookAgainAfter = [0, 20, 60, 150] as const;
/** So many lowerings of one room run beside each other; more of them become one more, with the last session. */
export const loweringsAtOnce = 4;
const firstRetry = 250;
const longestRetry = 10_000;

/** Keeps one room of the media server equal to its session's events. */
export class RoomKeeper {
  readonly #room: string;
  readonly #parts: RoomParts;
  #running: Promise<unknown> = Promise.resolve();
  #works = false;
  #waiting: Promise<boolean> | undefined;
  #lowerings = 0;
  #toLower: KnownSession | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failures = 0;
  #closed = false;

  constructor(room: string, parts: RoomParts) {
    this.#room = room;
    this.#parts = parts;
  }

  /** Nothing runs, waits or is to be tried again. */
  get isIdle(): boolean {
    return !this.#works && this.#lowerings === 0 && this.#waiting === undefined && this.#timer === undefined;
  }

  /**
   * Compares and sets right what differs, raising what has to be raised. Calls while it runs become one more comparison,
   * since the one that runs may have read too early. Where it fails it is tried again by itself.
   * @returns whether all is equal
   */
  compare(): Promise<boolean> {
    return (this.#waiting ??= this.#running.then(() => {
      this.#waiting = undefined;
      const work = this.#work();
      this.#running = work;
      return work;
    }));
  }

  /**
   * Takes away at once what the session no longer allows, whatever else is going on. Nobody gets anything by it. Of many
   * commands while the media server is slow only the last one waits.
   */
  async lower(session: KnownSession): Promise<void> {
    if (this.#lowerings >= loweringsAtOnce) return void (this.#toLower = session);
    this.#lowerings += 1;
    await this.#lowerOnce(session);
    this.#lowerings -= 1;
    const next = this.#toLower;
    this.#toLower = undefined;
    if (next !== undefined) await this.lower(next);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #lowerOnce(session: KnownSession): Promise<void> {
    try {
      if (session.status === 'ended') return await this.#parts.server.closeRoom(this.#room);
      const present = await this.#parts.server.participants(this.#room);
      await Promise.all(whatIsTooMuch(session, present).map((step) => this.#take(step)));
    } catch (error) {
      // The comparison that follows every command tries again until it is done.
      this.#note(error);
    }
  }

  async #work(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#closed || !this.#parts.isReady()) return false;
    this.#works = true;
    try {
      if (await this.#makeEqual()) {
        this.#failures = 0;
        return true;
      }
    } catch (error) {
      this.#note(error);
    } finally {
      this.#works = false;
    }
    this.#retryLater();
    return false;
  }

  async #makeEqual(): Promise<boolean> {
    const { server, sessions, mayServe } = this.#parts;
    for (const wait of lookAgainAfter) {
      if (wait > 0) await pause(wait);
      const session = await sessions.findAfresh(this.#room);
      // A room of somebody else on the same server is nothing of ours.
      if (session === null) return true;
      if (session.status === 'ended') {
        await server.closeRoom(this.#room);
        return true;
      }
      const entitled = await withoutFormerStaff(session, mayServe);
      const steps = whatDiffers(entitled, await server.participants(this.#room));
      if (steps.length === 0) return true;
      for (const step of steps) await this.#take(step);
    }
    return false;
  }

  async #take(step: RoomStep): Promise<void> {
    const { server, sessions } = this.#parts;
    try {
      if (step.do === 'remove') return await server.removeParticipant(this.#room, step.identity);
      // A revoke may have come since the log was read, or comes while this is on its way: what this node knows is never exceeded.
      const allowed = async (): Promise<MediaRights> =>
        both(step.rights, mediaRights((await sessions.find(this.#room)) ?? { status: 'absent' }, step.identity));
      const given = await allowed();
      await server.setRights(this.#room, step.identity, given);
      const still = await allowed();
      if (!sameMediaRights(given, still)) await server.setRights(this.#room, step.identity, still);
    } catch (error) {
      // Whoever has left the room meanwhile has no rights there.
      if (!(error instanceof MediaFailure) || error.code !== 'MEDIA_NOT_FOUND') throw error;
    }
  }

  /** That the media server is away is said where its state is shown. */
  #note(error: unknown): void {
    if (!(error instanceof MediaFailure)) this.#parts.onFailure(error);
  }

  #retryLater(): void {
    if (this.#closed) return;
    const wait = Math.min(firstRetry * 2 ** this.#failures, longestRetry);
    this.#failures += 1;
    this.#timer = setTimeout(() => void this.compare(), wait).unref();
  }
}
