import type { ProjectionSlot } from './projection-slot';
import type { ProjectionRunner } from './projection-runner';
import type { Rebuilds } from './rebuilds';
import type { ReadModelDirectory } from './read-model-directory';

/** A file that is spoilt this often, with no more than `WINDOW_MS` between, tells of a bad disk: it shows as failed. */
const TOO_OFTEN = 3;
const WINDOW_MS = 600_000;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 300_000;

interface Found {
  readonly live: ProjectionRunner;
  readonly times: number;
  readonly at: number;
}

export interface ReplacementsOptions {
  readonly rebuilds: Rebuilds;
  readonly directory: ReadModelDirectory;
  /** Told of each file once. */
  readonly found: () => void;
  /** Runs it between two pages. */
  readonly between: (command: () => void) => void;
  readonly pauseAfter?: ((times: number) => number) | undefined;
}

/** At once the first two times, then later each time. */
export function pauseBeforeReplacing(times: number): number {
  return times < TOO_OFTEN ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (times - TOO_OFTEN));
}

/** Spoilt files are made again from the log beside the spoilt one, once each however many signs of it there are. */
export class Replacements {
  readonly #options: ReplacementsOptions;
  readonly #found = new Map<string, Found>();
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(options: ReplacementsOptions) {
    this.#options = options;
  }

  /** Asked in each turn. */
  look(slot: ProjectionSlot): void {
    const { live, projection } = slot;
    if (live.failure?.kind !== 'spoilt' || this.#found.get(projection.name)?.live === live) return;
    // A crash must not let the next start take it for a good one.
    this.#options.directory.markSpoilt(live.file.path);
    this.#plan(slot, live.failure.message);
    this.#options.found();
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #plan(slot: ProjectionSlot, reason: string): void {
    const { live, projection } = slot;
    const times = this.#count(slot);
    const pause = (this.#options.pauseAfter ?? pauseBeforeReplacing)(times);
    if (times >= TOO_OFTEN) live.failure = { message: sentence(reason, times), kind: 'spoilt', again: true };
    const begin = (): void => this.#options.between(() => this.#begin(slot));
    clearTimeout(this.#timers.get(projection.name));
    if (pause === 0) begin();
    else this.#timers.set(projection.name, setTimeout(begin, pause));
  }

  #count({ live, projection: { name } }: ProjectionSlot): number {
    const at = performance.now();
    const before = this.#found.get(name);
    const times = before !== undefined && at - before.at < WINDOW_MS ? before.times + 1 : 1;
    this.#found.set(name, { live, times, at });
    return times;
  }

  #begin(slot: ProjectionSlot): void {
    const { live } = slot;
    // An administrator may have been faster.
    if (live.failure?.kind !== 'spoilt') return;
    this.#options.rebuilds.begin(slot, (result) => {
      if (!result.ok && result.code === 'REBUILD_FAILED' && slot.live === live) this.#plan(slot, result.reason);
    });
  }
}

function sentence(reason: string, times: number): string {
  return `The file was spoilt or could not be made again ${times} times in a short while. The disk or the memory of this machine may be bad. It is tried again, less and less often: ${reason}`;
}
