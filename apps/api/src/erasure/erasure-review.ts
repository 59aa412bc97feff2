import { setTimeout as pause } from 'node:timers/promises';
import type { ErasedKey } from '@deskside/domain';
import type { EventStore, Position } from '@deskside/event-store';
import type { Log } from '../log/logger';
import { SecondPlaceTrouble } from '../second-place/second-place';
import type { SecondPlace } from '../second-place/second-place';
import { destroyLeft, erasingAmong } from './erased-keys';
import type { Kept } from './erased-keys';

/** Events looked at in one step, and keys; a step takes a millisecond or two. */
const step = 200;
/** Between two steps: nobody waits for this. */
const pauseMs = 10;
const tryAgainMs = 1000;

interface Parts extends Omit<Kept, 'before'> {
  readonly store: Pick<EventStore, 'readAll' | 'readStream' | 'integrity'>;
  readonly secondPlace: SecondPlace | null;
  readonly log: Pick<Log, 'warn' | 'error'>;
  /** Called before a key goes of which no event of the log says so. */
  readonly outdated: () => void;
  /** Told of keys that were still there. `isInLog`: an event of the log says that they are erased. */
  readonly found: (keys: readonly ErasedKey[], isInLog: boolean) => Promise<void>;
}

/**
 * Looks at all that was ever erased once more, after each start: whatever a mark says, and whichever file was put into the
 * data folder by hand, keys of what is erased do not stay. What the second place does not have is written there, so one
 * that is set later, or has been exchanged, becomes whole.
 */
export class ErasureReview {
  readonly #end = new AbortController();
  /** What the second place lists; null until it could be read. */
  #listed: Set<string> | null = null;

  constructor(private readonly parts: Parts) {}

  /**
   * Destroys what the second place lists, when it can be read now; otherwise `run` does.
   * @param before called first when any of it is still there
   */
  async eraseListed(before: () => void): Promise<void> {
    if (this.parts.secondPlace === null) return;
    try {
      await this.#readList(this.parts.secondPlace, before);
    } catch (error) {
      // That it cannot be used was told.
      if (!(error instanceof SecondPlaceTrouble)) throw error;
    }
  }

  /** Settles when all was looked at, or at the close; what fails is told and tried again. */
  async run(): Promise<void> {
    const { secondPlace } = this.parts;
    const isReady = secondPlace === null || this.#listed !== null;
    let isListed = (await this.#untilDone(() => this.#lookAtLog())) === true && isReady;
    for (let wait = tryAgainMs; secondPlace !== null && !isListed && this.#isOpen; wait = Math.min(2 * wait, 60_000)) {
      await this.#untilDone(() => this.#readList(secondPlace, this.parts.outdated));
      isListed = (await this.#untilDone(() => this.#lookAtLog())) === true;
      if (!isListed) await this.#pause(wait);
    }
    // It may be large, and is not wanted any more.
    this.#listed = null;
  }

  close(): void {
    this.#end.abort();
  }

  get #isOpen(): boolean {
    return !this.#end.signal.aborted;
  }

  async #untilDone<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    while (this.#isOpen) {
      try {
        return await work();
      } catch (error) {
        const isTold = error instanceof SecondPlaceTrouble || !this.#isOpen;
        if (!isTold) this.parts.log.error('erasures could not be looked at again', error);
      }
      await this.#pause(tryAgainMs);
    }
    return undefined;
  }

  async #readList(secondPlace: SecondPlace, before: () => void): Promise<void> {
    const list = await secondPlace.erasedKeys();
    if (list === null) await secondPlace.addErasedKeys([]);
    const { keys, damage } = list ?? { keys: [], damage: null };
    if (damage !== null) this.parts.log.warn('second place damaged', { reason: damage });
    for (let at = 0; at < keys.length && this.#isOpen; at += step) {
      await this.#destroy(keys.slice(at, at + step), false, before);
      if (at + step < keys.length) await this.#pause(0);
    }
    this.#listed = new Set(keys.map(nameOf));
  }

  /**
   * A log that is damaged is left alone: whether what stands in it was ever written nobody knows.
   * @returns whether the second place has all of it, when there is one
   */
  async #lookAtLog(): Promise<boolean> {
    const { store } = this.parts;
    while (store.integrity().status === 'verifying' && this.#isOpen) await this.#pause(pauseMs);
    let [after, isEnd, isListed]: [Position | null, boolean, boolean] = [null, false, true];
    while (!isEnd && this.#isOpen) {
      if (store.integrity().status === 'damaged') return false;
      const page = await store.readAll({ after, maxCount: step });
      const keys = (await erasingAmong(page.events, store)).flatMap((each) => each.keys);
      if (keys.length > 0) await this.#destroy(keys, true);
      // Without it the rest is looked at all the same.
      isListed = isListed && (await this.#list(keys));
      [after, isEnd] = [page.position, page.events.length < step];
      await this.#pause(pauseMs);
    }
    return isListed;
  }

  async #list(keys: readonly ErasedKey[]): Promise<boolean> {
    const [{ secondPlace }, listed] = [this.parts, this.#listed];
    if (secondPlace === null || listed === null) return true;
    const lacking = keys.filter((key) => !listed.has(nameOf(key)));
    try {
      if (lacking.length > 0) await secondPlace.addErasedKeys(lacking);
    } catch (error) {
      if (error instanceof SecondPlaceTrouble) return false;
      throw error;
    }
    for (const key of lacking) listed.add(nameOf(key));
    return true;
  }

  async #destroy(keys: readonly ErasedKey[], isInLog: boolean, before?: () => void): Promise<void> {
    const left = await destroyLeft({ ...this.parts, ...(before && { before }) }, keys);
    if (left.length > 0) await this.parts.found(left, isInLog);
  }

  async #pause(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#end.signal }).catch(() => undefined);
  }
}

function nameOf({ subject, class: personalClass, item }: ErasedKey): string {
  return `${subject} ${personalClass} ${item ?? ''}`;
}
