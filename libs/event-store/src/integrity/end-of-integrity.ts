import type { EventStore, RecordedEvent, Revision } from '../event-store';
import { GENESIS_HASH, readEnvelope } from '../seal';
import { INTEGRITY_STREAM } from './checkpoint';

/** The last event of the stream `integrity`, behind which a new one goes. */
export interface Behind {
  /** -1n when there is none yet. */
  readonly revision: Revision;
  readonly hash: Uint8Array;
  /** Empty when there is none yet, or its bytes do not say. */
  readonly occurredAt: string;
}

export const NOTHING_BEFORE: Behind = { revision: -1n, hash: GENESIS_HASH, occurredAt: '' };

/** Where the next event about the log itself goes. */
export async function endOfIntegrity(store: Pick<EventStore, 'readStream'>): Promise<Behind> {
  const [last] = await store.readStream(INTEGRITY_STREAM, { direction: 'backwards', maxCount: 1 });
  return last === undefined ? NOTHING_BEFORE : behind(last);
}

export function behind({ revision, hash, body }: Pick<RecordedEvent, 'revision' | 'hash' | 'body'>): Behind {
  return { revision, hash, occurredAt: timeIn(body) };
}

/** A log that is damaged can be looked at: what is read here may be anything. */
function timeIn(body: string): string {
  try {
    const { occurredAt } = readEnvelope({ body });
    return typeof occurredAt === 'string' ? occurredAt : '';
  } catch {
    return '';
  }
}
