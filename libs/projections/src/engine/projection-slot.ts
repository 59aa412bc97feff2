import type { Position } from '@deskside/event-store';
import type { Projection } from './projection';
import type { ProjectionRunner } from './projection-runner';
import { sentenceOfSpoilt } from './projection-state';
import type { ProjectionState, ProjectionStatus, RebuildResult } from './projection-state';

/** A projection, the file that answers for it, and the one that is being built beside it. */
export class ProjectionSlot {
  readonly projection: Projection;
  live: ProjectionRunner;
  building: ProjectionRunner | null = null;
  paused: boolean;
  readonly #waiting: ((result: RebuildResult) => void)[] = [];
  #buildError: string | null = null;

  constructor(live: ProjectionRunner, paused: boolean) {
    this.projection = live.projection;
    this.live = live;
    this.paused = paused;
  }

  /** Those that have something to read. A rebuild goes on while its projection is paused or has failed. */
  runnable(): readonly ProjectionRunner[] {
    const running = this.paused ? [] : [this.live];
    if (this.building !== null) running.push(this.building);
    return running.filter((runner) => !runner.atEnd && runner.failure === null);
  }

  runners(): readonly ProjectionRunner[] {
    return this.building === null ? [this.live] : [this.live, this.building];
  }

  beginBuild(building: ProjectionRunner | null, settled: (result: RebuildResult) => void): void {
    this.building ??= building;
    this.#buildError = null;
    this.#waiting.push(settled);
  }

  /** Takes the build out of the slot. @returns how to tell those that wait for it. */
  endBuild(result: RebuildResult): () => void {
    this.building = null;
    this.#buildError = result.ok ? null : result.reason;
    const waiting = this.#waiting.splice(0);
    return () => waiting.forEach((settled) => settled(result));
  }

  state(eventsBehind: (position: Position | null) => number | null): ProjectionState {
    const { name, version } = this.projection;
    const status = this.#status();
    return {
      name,
      version,
      status,
      position: this.live.checkpoint,
      lag: eventsBehind((this.building ?? this.live).checkpoint),
      lastError: this.#lastError(),
      spoilt: this.live.failure?.kind === 'spoilt',
    };
  }

  #lastError(): string | null {
    const { failure } = this.live;
    if (failure === null) return this.#buildError;
    return failure.kind === 'spoilt' && failure.again !== true ? sentenceOfSpoilt(failure.message) : failure.message;
  }

  #status(): ProjectionStatus {
    const { failure } = this.live;
    if (failure?.again === true) return 'failed';
    if (this.building !== null) return 'rebuilding';
    if (this.paused) return 'paused';
    // A spoilt file whose replacement has not begun: in this turn it will.
    if (failure !== null) return failure.kind === 'spoilt' ? 'rebuilding' : 'failed';
    return this.live.atEnd ? 'live' : 'catchingUp';
  }
}
