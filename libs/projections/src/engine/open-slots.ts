import type { Position } from '@deskside/event-store';
import type { OnDamagedFile } from '@deskside/kept-file';
import type { Projection } from './projection';
import { ProjectionRunner } from './projection-runner';
import { ProjectionSlot } from './projection-slot';
import type { OpenedFile, ReadModelDirectory } from './read-model-directory';

interface OpeningOptions {
  readonly directory: ReadModelDirectory;
  /** True of a checkpoint behind the end of the log. */
  readonly isPast: (checkpoint: Position | null) => boolean;
  readonly onDamaged: OnDamagedFile;
}

/** Every projection with the file that answers for it, found or made. Called once, at the start. */
export function openSlots(
  projections: readonly Projection[],
  options: OpeningOptions,
): ReadonlyMap<string, ProjectionSlot> {
  const { directory, onDamaged } = options;
  const paused = directory.paused(onDamaged);
  const slots = [...directory.openAll(projections)].map(([projection, opened]) => {
    const live = notPast(runnerOf(projection, opened), options);
    return new ProjectionSlot(live, paused.has(projection.name));
  });
  return new Map(slots.map((slot) => [slot.projection.name, slot]));
}

function runnerOf(projection: Projection, { file, spoilt }: OpenedFile): ProjectionRunner {
  const runner = new ProjectionRunner(projection, file);
  if (spoilt !== null) runner.fail(spoilt, 'spoilt');
  return runner;
}

/** A log that ends before the checkpoint is an older copy: rows of events that it does not have must go. */
function notPast(runner: ProjectionRunner, { directory, isPast }: OpeningOptions): ProjectionRunner {
  if (!isPast(runner.checkpoint)) return runner;
  runner.file.close();
  directory.discard(runner.file.path);
  return new ProjectionRunner(runner.projection, directory.begin(runner.projection, { complete: true }));
}
