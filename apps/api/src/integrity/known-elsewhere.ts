import { signedCheckpoint } from '@deskside/domain';
import { isSigned } from '@deskside/event-store';
import type { CheckpointElsewhere } from '@deskside/event-store';
import * as v from 'valibot';
import { Log } from '../log/logger';
import { openSecondPlace } from '../second-place/open-second-place';
import { SecondPlaceTrouble } from '../second-place/second-place';
import type { SecondPlace } from '../second-place/second-place';
import type { Settings } from '../settings/settings';

const schema = v.object({ checkpoint: signedCheckpoint, signedAt: v.string() });

/** What a command that compares a log has learnt of it from the second place. */
export interface Elsewhere {
  readonly status: 'notSet' | 'siteUnknown' | 'nothing' | 'damaged' | 'known';
  readonly newest: CheckpointElsewhere | null;
  /** For the operator. */
  readonly sentence: string;
}

const known = (newest: CheckpointElsewhere): Elsewhere => ({
  ...{ status: 'known', newest },
  sentence: 'Compared with the newest checkpoint in the second place.',
});
const notKnown = (status: Exclude<Elsewhere['status'], 'known'>, sentence: string): Elsewhere => ({
  ...{ status, sentence, newest: null },
});
const notSet = notKnown(
  'notSet',
  'No second place is set (DESKSIDE_SECOND_PLACE): whoever has the data folder and its keys could have signed another log.',
);
const siteUnknown = notKnown(
  'siteUnknown',
  'The second place was not asked, since the first event of the log names no site in the form in which sites are named.',
);
const nothing = notKnown(
  'nothing',
  'The second place has no checkpoint of this site: whoever has the data folder and its keys could have signed another log.',
);
const damaged = notKnown(
  'damaged',
  'The checkpoint in the second place is damaged, and the log was not compared with it: a start of the server makes it anew.',
);

/** @param siteId null when the log does not say it. @throws SecondPlaceTrouble when it is away, with what to do */
export async function elsewhereOf(settings: Settings, siteId: string | null): Promise<Elsewhere> {
  if (settings.DESKSIDE_SECOND_PLACE === undefined) return notSet;
  if (siteId === null) return siteUnknown;
  const secondPlace = await openSecondPlace(settings, siteId, new Log('silent'));
  if (secondPlace === null) return notSet;
  try {
    const newest = await checkpointElsewhere(secondPlace, siteId);
    return newest === null ? nothing : known(newest);
  } catch (error) {
    if (!(error instanceof SecondPlaceTrouble)) throw error;
    if (error.code === 'SECOND_PLACE_DAMAGED') return damaged;
    const sentence = `${error.message} Make it usable, or leave out DESKSIDE_SECOND_PLACE to go on without it.`;
    throw new SecondPlaceTrouble(error.code, sentence, error);
  }
}

/** The newest checkpoint of the log that the second place knows; null when it knows none. @throws SecondPlaceTrouble */
export async function checkpointElsewhere(
  secondPlace: Pick<SecondPlace, 'checkpoint'>,
  siteId: string,
): Promise<CheckpointElsewhere | null> {
  const kept = await secondPlace.checkpoint();
  if (kept === null) return null;
  const read = v.safeParse(schema, kept);
  if (read.success && isSigned(read.output.checkpoint, { siteId, statement: null })) return read.output;
  throw new SecondPlaceTrouble(
    'SECOND_PLACE_DAMAGED',
    'The checkpoint in the second place does not have the signature that it claims.',
  );
}
