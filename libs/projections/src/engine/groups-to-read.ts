import type { Position } from '@deskside/event-store';
import type { ProjectionRunner } from './projection-runner';
import type { ProjectionSlot } from './projection-slot';

/**
 * Runners that stand at the same place read the log together. The ones ahead come first: a rebuild holds live rows up by one
 * page at most.
 */
export function groupsToRead(
  slots: readonly ProjectionSlot[],
  isBefore: (a: Position | null, b: Position | null) => boolean,
): readonly (readonly ProjectionRunner[])[] {
  const runnable = slots.flatMap((slot) => slot.runnable());
  const places = [...Map.groupBy(runnable, ({ checkpoint }) => checkpoint)].sort(([a], [b]) =>
    isBefore(a, b) ? 1 : -1,
  );
  return places.map(([, group]) => group);
}
