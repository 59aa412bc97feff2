import { signedCheckpoint } from '@deskside/domain';
import { isSigned } from '@deskside/event-store';
import type { CheckpointElsewhere } from '@deskside/event-store';
import * as v from 'valibot';
import { SecondPlaceTrouble } from '../second-place/second-place';
import type { SecondPlace } from '../second-place/second-place';

const schema = v.object({ checkpoint: signedCheckpoint, signedAt: v.string() });

/** The newest checkpoint of the log that the second place knows; null when it knows none. @throws SecondPlaceTrouble */
export async function checkpointElsewhere(
  secondPlace: Pick<SecondPlace, 'checkpoint'>,
  siteId: string,
): Promise<CheckpointElsewhere | null> {
  const kept = await secondPlace.checkpoint();
  if (kept === null) return null;
  const read = v.safeParse(schema, kept);
  if (read.success && isSigned(read.output.checkpoint, { siteId, turn: null })) return read.output;
  throw new SecondPlaceTrouble(
    'SECOND_PLACE_DAMAGED',
    'The checkpoint in the second place does not have the signature that it claims.',
  );
}
