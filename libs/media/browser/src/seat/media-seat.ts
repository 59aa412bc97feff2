import { BehaviorSubject } from 'rxjs';
import type { Current } from '../current';

/** `free`: another window held the place and gave it up; take it again when the user wants it here. */
export type SeatState = 'none' | 'here' | 'elsewhere' | 'free';

const answerWithinMs = 1000;

/**
 * The one window of a participant that carries his media, among all windows of this browser (Web Locks). Two windows in
 * one room would be one participant twice, and the media server puts the first out.
 */
export class MediaSeat {
  readonly #lock: string;
  readonly #channel: BroadcastChannel;
  readonly #state = new BehaviorSubject<SeatState>('none');
  /** When it leaves `here`, this window must disconnect at once. */
  readonly state: Current<SeatState> = this.#state;
  #leave: (() => void) | undefined;
  #waiting: AbortController | undefined;
  #taking: Promise<boolean> | undefined;

  /** @param name the same in all windows of one participant, such as his id */
  constructor(name: string) {
    this.#lock = `deskside-media-${name}`;
    this.#channel = new BroadcastChannel(this.#lock);
    this.#channel.addEventListener('message', ({ data }: MessageEvent<'move' | 'taken'>) => this.#hear(data));
  }

  /** @returns whether the place is here now; false: another window has it */
  take(): Promise<boolean> {
    if (this.#state.value === 'here') return Promise.resolve(true);
    // A second request for the same lock would find it taken, by this very window.
    return (this.#taking ??= this.#takeIfAvailable().finally(() => (this.#taking = undefined)));
  }

  /** Takes the place from the other window: it is asked, and when it does not answer (a sleeping tab) not asked. */
  async moveHere(): Promise<void> {
    if (this.#state.value === 'here') return;
    this.#waiting?.abort();
    this.#channel.postMessage('move');
    const asked = new AbortController();
    const timer = setTimeout(() => asked.abort(), answerWithinMs);
    const given = await this.#request({ signal: asked.signal });
    clearTimeout(timer);
    if (!given) await this.#request({ steal: true });
  }

  give(): void {
    this.#waiting?.abort();
    this.#leave?.();
    this.#state.next('none');
  }

  /** Gives the place up for good, as with the page. */
  close(): void {
    this.give();
    this.#channel.close();
  }

  async #takeIfAvailable(): Promise<boolean> {
    const here = await this.#request({ ifAvailable: true });
    if (!here && this.#state.value !== 'here') {
      this.#state.next('elsewhere');
      this.#waitUntilFree();
    }
    return this.#state.value === 'here';
  }

  #hear(message: 'move' | 'taken'): void {
    if (message === 'move' && this.#state.value === 'here') this.#yield();
    // Free for a moment only, between two other windows.
    if (message === 'taken' && this.#state.value === 'free') {
      this.#state.next('elsewhere');
      this.#waitUntilFree();
    }
  }

  #yield(): void {
    // Subscribers have let go of the room when the lock does.
    this.#state.next('elsewhere');
    this.#leave?.();
    this.#waitUntilFree();
  }

  /** Asks for the lock and keeps it until `#leave`. @returns whether it was given */
  #request(options: LockOptions): Promise<boolean> {
    return new Promise((resolve) => {
      navigator.locks
        .request(this.#lock, options, (lock) => {
          if (lock === null) return resolve(false);
          const left = new Promise<void>((leave) => (this.#leave = leave));
          this.#waiting?.abort();
          this.#state.next('here');
          this.#channel.postMessage('taken');
          resolve(true);
          return left;
        })
        // Stolen by a window that got no answer, or not asked for any more.
        .catch(() => (resolve(false), this.#stolen(options)));
    });
  }

  #stolen({ signal }: LockOptions): void {
    if (this.#state.value !== 'here' || signal?.aborted === true) return;
    this.#leave = undefined;
    this.#state.next('elsewhere');
    this.#waitUntilFree();
  }

  #waitUntilFree(): void {
    this.#waiting?.abort();
    const waiting = new AbortController();
    this.#waiting = waiting;
    navigator.locks
      .request(this.#lock, { signal: waiting.signal, mode: 'shared' }, () => {
        if (this.#state.value === 'elsewhere') this.#state.next('free');
      })
      .catch(() => undefined);
  }
}
