import type { ProjectionState } from '../engine/projection-state';

/** What the operator reads of the read models; no personal data. */
export type ReadModelIncident =
  | { readonly kind: 'spoilt'; readonly model: string; readonly reason: string }
  | { readonly kind: 'madeAgain'; readonly model: string }
  | { readonly kind: 'workerLost'; readonly reason: string }
  /** A small file had to be made anew; the reason is one sentence. */
  | { readonly kind: 'damagedFile'; readonly reason: string }
  | { readonly kind: 'workerRestarted' }
  /** A personal text does not open. */
  | { readonly kind: 'textUnreadable'; readonly reason: string };

/** What happened to files between two states. */
export function incidentsBetween(
  before: readonly ProjectionState[],
  after: readonly ProjectionState[],
): readonly ReadModelIncident[] {
  return after.flatMap((state): readonly ReadModelIncident[] => {
    const { name: model, spoilt, status, lastError } = state;
    const earlier = before.find(({ name }) => name === model);
    if (!spoilt) return earlier?.spoilt === true ? [{ kind: 'madeAgain', model }] : [];
    // Once a file, however many signs of it there are, and once more when it shows as failed.
    if (earlier?.spoilt === true && earlier.status === status) return [];
    return [{ kind: 'spoilt', model, reason: lastError ?? '' }];
  });
}
