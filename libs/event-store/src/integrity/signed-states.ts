import type { EventLogReader, RecordedEvent, Revision } from '../event-store';
import { INTEGRITY_STREAM } from './checkpoint';
import { readSignedState } from './signed-state';
import type { SignedState } from './signed-state';

/** Most often the first few are enough. */
const FEW_AT_ONCE = 20;

/** How a log says that it was, as far as its signatures are true, the newest first. */
export async function* signedStatesBackwards(
  reader: Pick<EventLogReader, 'readStream'>,
): AsyncGenerator<SignedState, void> {
  for await (const event of integrityBackwards(reader, FEW_AT_ONCE)) {
    const state = readSignedState(event);
    if (state?.isSigned) yield state;
  }
}

/** The stream of what is known of the log itself, the newest event first. */
export async function* integrityBackwards(
  reader: Pick<EventLogReader, 'readStream'>,
  atOnce: number,
): AsyncGenerator<RecordedEvent, void> {
  for (let from: Revision | undefined; from === undefined || from >= 0n;) {
    const options = { direction: 'backwards', maxCount: atOnce, ...(from !== undefined && { from }) } as const;
    const events = await reader.readStream(INTEGRITY_STREAM, options);
    yield* events;
    const oldest = events.at(-1);
    if (oldest === undefined) return;
    from = oldest.revision - 1n;
  }
}
