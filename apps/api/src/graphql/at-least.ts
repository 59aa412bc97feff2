import type { ProjectionName, ReadModels } from '@deskside/projections';
import type { EventLogReader, Position } from '@deskside/event-store';
import { refusalError } from '../command-path/outcome';

/** How long a query waits for the write that its caller has just made. */
const patience = 2000;

/** Waits until these read models show `position`. @throws GraphQLError NOT_YET, or INPUT_INVALID for no position of this log. */
export async function atLeast(
  readModels: ReadModels,
  names: readonly ProjectionName[],
  position: string | null | undefined,
): Promise<void> {
  if (position === null || position === undefined) return;
  const processed = await readModels.whenProcessed(names, position as Position, patience).catch(() => null);
  if (processed === null) throw refusalError({ code: 'INPUT_INVALID' });
  if (!processed) throw refusalError({ code: 'NOT_YET' });
}

/** A place that a caller names. @throws GraphQLError INPUT_INVALID when it is of another kind of log. */
export function placeInLog(log: Pick<EventLogReader, 'comparePositions'>, position: string): Position {
  try {
    log.comparePositions(position as Position, position as Position);
  } catch {
    throw refusalError({ code: 'INPUT_INVALID' });
  }
  return position as Position;
}
