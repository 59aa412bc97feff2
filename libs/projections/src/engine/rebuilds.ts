import type { Position } from '@deskside/event-store';
import { ProjectionRunner } from './projection-runner';
import type { ProjectionSlot } from './projection-slot';
import type { RebuildResult } from './projection-state';
import type { ReadModelDirectory } from './read-model-directory';

export interface RebuildsOptions {
  readonly directory: ReadModelDirectory;
  readonly isBefore: (a: Position | null, b: Position | null) => boolean;
  /** The new file answers; settles when nobody reads the old one any more. */
  readonly switched: (slot: ProjectionSlot) => Promise<void>;
  readonly tellStates: () => void;
}

/** Files that are built beside those in use, from their beginning to the switch. */
export class Rebuilds {
  readonly #options: RebuildsOptions;

  constructor(options: RebuildsOptions) {
    this.#options = options;
  }

  /** Joins the rebuild that goes on, if one does. */
  begin(slot: ProjectionSlot, settled: (result: RebuildResult) => void): void {
    if (slot.building !== null) return slot.beginBuild(null, settled);
    try {
      const file = this.#options.directory.begin(slot.projection, { complete: false });
      slot.beginBuild(new ProjectionRunner(slot.projection, file), settled);
    } catch (error) {
      settled({ ok: false, code: 'REBUILD_FAILED', reason: error instanceof Error ? error.message : String(error) });
    }
  }

  /** Switches when the new file stands where the old one does, or gives up when it has failed. */
  async advance(slot: ProjectionSlot): Promise<void> {
    const { building, live } = slot;
    if (building === null) return;
    // Positions that were told as processed stay processed.
    const behind = this.#options.isBefore(building.checkpoint, live.checkpoint);
    if (building.atEnd && behind) building.atEnd = false;
    if (building.atEnd && building.failure === null) building.complete();
    if (building.failure !== null)
      return this.drop(slot, { ok: false, code: 'REBUILD_FAILED', reason: building.failure.message });
    if (building.atEnd) await this.#switch(slot, building);
  }

  drop(slot: ProjectionSlot, result: RebuildResult): void {
    const { building } = slot;
    if (building === null) return;
    building.file.close();
    this.#options.directory.discard(building.file.path);
    this.#settle(slot, result);
  }

  async #switch(slot: ProjectionSlot, building: ProjectionRunner): Promise<void> {
    const { live: old } = slot;
    slot.live = building;
    await this.#options.switched(slot);
    old.file.close();
    this.#options.directory.discard(old.file.path);
    this.#settle(slot, { ok: true });
  }

  /** The states first: whoever waited for the end of a rebuild does not find it still going on. */
  #settle(slot: ProjectionSlot, result: RebuildResult): void {
    const tell = slot.endBuild(result);
    this.#options.tellStates();
    tell();
  }
}
