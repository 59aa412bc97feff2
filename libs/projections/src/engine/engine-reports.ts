import type { Position } from '@deskside/event-store';
import type { ProjectionRunner } from './projection-runner';
import type { ProjectionSlot } from './projection-slot';
import type { ProjectionState } from './projection-state';

/** Moving positions are told no more often than this. */
const STATES_EVERY_MS = 250;

export interface EngineObserver {
  /** These projections have committed `position`; rows have changed in those that `changed` names. */
  committed(commit: { position: Position; names: readonly string[]; changed: readonly string[] }): void;
  states(states: readonly ProjectionState[]): void;
  /** From now on `file` answers for the projection; the old one goes when the promise settles. */
  switched(name: string, file: string): Promise<void>;
  /** A small file of the read models was not what it should be, in one sentence. */
  damagedFile(sentence: string): void;
}

interface Reported {
  readonly slots: readonly ProjectionSlot[];
  /** How many events stand after this position; null when the log cannot say. */
  readonly eventsBehind: (position: Position | null) => number | null;
}

/** What the engine tells whoever started it. */
export class EngineReports {
  readonly #observer: EngineObserver;
  readonly #reported: Reported;
  #told = { statuses: '', at: 0 };

  constructor(observer: EngineObserver, reported: Reported) {
    this.#observer = observer;
    this.#reported = reported;
  }

  states(): readonly ProjectionState[] {
    return this.#reported.slots.map((slot) => slot.state(this.#reported.eventsBehind));
  }

  /** When something about them is different, or enough time has passed while one moves. */
  tellStates(): void {
    const states = this.states();
    const statuses = JSON.stringify(states.map(({ status, lastError, spoilt }) => [status, lastError, spoilt]));
    const moving = states.some(({ status }) => status === 'catchingUp' || status === 'rebuilding');
    const due = moving && performance.now() - this.#told.at >= STATES_EVERY_MS;
    if (statuses === this.#told.statuses && !due) return;
    this.#told = { statuses, at: performance.now() };
    this.#observer.states(states);
  }

  /** Of a rebuild nobody is told before it is switched to. */
  tellCommitted(group: readonly ProjectionRunner[], changed: ReadonlySet<ProjectionRunner>): void {
    const live = new Set(this.#reported.slots.map((slot) => slot.live));
    // A runner that has failed within the page stands at a place of its own.
    const byPosition = Map.groupBy(
      group.filter((runner) => live.has(runner)),
      (runner) => runner.checkpoint,
    );
    for (const [position, runners] of byPosition) {
      if (position === null) continue;
      const names = runners.map(({ projection }) => projection.name);
      const ofChanged = runners.filter((runner) => changed.has(runner)).map(({ projection }) => projection.name);
      this.#observer.committed({ position, names, changed: ofChanged });
    }
  }

  /** Settles when nobody reads the old file any more. */
  async switched({ projection: { name }, live: { checkpoint, file } }: ProjectionSlot): Promise<void> {
    await this.#observer.switched(name, file.path);
    if (checkpoint !== null) this.#observer.committed({ position: checkpoint, names: [name], changed: [name] });
  }
}
