import type { EventLogReader, Position, RecordedEvent } from '../event-store';
import { INTEGRITY_STREAM } from './checkpoint';
import { readSignedState } from './signed-state';
import type { SignedState } from './signed-state';
import { integrityBackwards } from './signed-states';

export const LOSS_ACCEPTED = 'LogLossAccepted';

/** The very first says which key has signed first, unless somebody has written into the log what is none. */
export const OLDEST_EVENTS = 20;

/** Events read at once where all of the stream is needed before a site serves. */
const MANY_AT_ONCE = 1000;

/** Whether an operator has accepted all that was found up to this state. */
export function isAcceptance({ kind, isSigned, contents }: SignedState): boolean {
  return kind === 'lossAccepted' && isSigned && contents !== null;
}

/** Whether it accepts that the key which had signed is lost, and goes on with its own. */
export function takesOver({ kind, checkpoint, findings }: SignedState, key: string | undefined): boolean {
  const { key: known } = checkpoint;
  return (
    kind === 'lossAccepted' &&
    findings.some((found) => found.kind === 'otherKey' && found.key === key && found.known === known)
  );
}

type Written = Pick<RecordedEvent, 'type' | 'revision' | 'body'>;

/**
 * The newest loss that was accepted by the key of the site: the one that has signed first, or has taken over from it. A log is
 * opened before the vault and cannot know that key better; who signs later compares it with the vault's.
 * @param oldest events of the stream `integrity`, from its first one on
 * @param accepting all events of it that accept a loss, in their order
 */
export function newestAcceptance(oldest: readonly Written[], accepting: readonly Written[]): SignedState | null {
  let key = oldest.map(readSignedState).find((state) => state?.isSigned)?.checkpoint.key;
  let newest: SignedState | null = null;
  for (const state of accepting.map(readSignedState)) {
    if (state === null || !isAcceptance(state)) continue;
    if (takesOver(state, key)) key = state.checkpoint.key;
    if (state.checkpoint.key === key) newest = state;
  }
  return newest;
}

type Reader = Pick<EventLogReader, 'readStream' | 'comparePositions'>;

/** The same of a log that is read by its streams; null too when nothing was accepted behind `after`. */
export async function newestAcceptanceIn(reader: Reader, after: Position | null): Promise<SignedState | null> {
  const accepting: RecordedEvent[] = [];
  for await (const event of integrityBackwards(reader, MANY_AT_ONCE)) {
    const isKnown = after !== null && reader.comparePositions(event.position, after) <= 0;
    // Which key has taken over may have been accepted long before.
    if (isKnown && accepting.length === 0) return null;
    if (event.type === LOSS_ACCEPTED) accepting.unshift(event);
  }
  if (accepting.length === 0) return null;
  return newestAcceptance(await reader.readStream(INTEGRITY_STREAM, { maxCount: OLDEST_EVENTS }), accepting);
}
