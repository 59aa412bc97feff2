import { FileWatch, LOOK_PAUSE_MS } from '@deskside/sqlite';
import type { WatchedFile } from '@deskside/sqlite';
import type { LogTrouble } from '../event-store';

/** How long a look at the file holds for what is written next: the look behind a write is as good before the one after. */
const SEEN_MS = 1;

export interface HindranceOptions {
  /** Must have been read from or written to: that makes its write-ahead log, which is watched as well. */
  readonly watched: WatchedFile;
  /** Whether something can be written at this moment. */
  readonly canWrite: () => boolean;
  /** Told each time that it changes; null as soon as something can be written. */
  readonly onChange: (trouble: LogTrouble | null) => void;
}

/** What keeps the log from being written: what the last write has met, or that its file is not in its place any more. */
export class WriteHindrance {
  readonly #options: HindranceOptions;
  readonly #watch: FileWatch;
  /** When the file was last seen in its place, ms. */
  #seen = Number.NEGATIVE_INFINITY;
  #current: LogTrouble | null = null;
  #looking: NodeJS.Timeout | undefined;
  /** Nobody might write anything meanwhile. */
  readonly #watching = setInterval(() => this.#lookForFile(), LOOK_PAUSE_MS).unref();

  constructor(options: HindranceOptions) {
    this.#options = options;
    this.#watch = new FileWatch(options.watched);
  }

  get current(): LogTrouble | null {
    return this.#current;
  }

  /** Why what is written next would never be found again. */
  lostBefore(): LogTrouble | null {
    return performance.now() - this.#seen < SEEN_MS ? null : this.lost();
  }

  /** Why what was written will never be found again. */
  lost(): LogTrouble | null {
    const now = performance.now();
    const why = this.#watch.lost();
    if (why !== null) return { code: 'LOG_UNAVAILABLE', sentence: `The event log cannot be written: ${why}.` };
    this.#seen = now;
    return null;
  }

  /** What the last write has met; null when it met nothing. */
  met(trouble: LogTrouble | null): void {
    if (trouble?.sentence === this.#current?.sentence) return;
    this.#current = trouble;
    this.#options.onChange(trouble);
    if (trouble !== null) this.#lookSoon();
  }

  close(): void {
    clearInterval(this.#watching);
    clearTimeout(this.#looking);
  }

  #lookForFile(): void {
    const lost = this.lost();
    if (lost !== null) this.met(lost);
  }

  #lookSoon(): void {
    this.#looking ??= setTimeout(() => this.#look(), LOOK_PAUSE_MS);
  }

  #look(): void {
    this.#looking = undefined;
    if (this.#current === null) return;
    if (this.lost() === null && this.#options.canWrite()) this.met(null);
    else this.#lookSoon();
  }
}
