import { LogUnavailable } from '../../event-store';
import type { EventStore } from '../../event-store';
import { openKurrentEventStore } from '../kurrent-event-store';
import type { KurrentEventStoreOptions } from '../kurrent-event-store';
import type { KurrentDbDouble } from './kurrentdb-double';

const openedWithinMs = 20_000;

/**
 * A store whose limits are so short that a silent server costs a test little. On a busy machine one look at the server may
 * take longer than that, so it is opened as the API opens it: again until it answers. @throws when it never does
 */
export async function openStoreOn(
  { connectionString }: KurrentDbDouble,
  limits: NonNullable<KurrentEventStoreOptions['limits']>,
): Promise<EventStore> {
  const end = performance.now() + openedWithinMs;
  for (;;) {
    try {
      return await openKurrentEventStore({ connectionString, limits });
    } catch (error) {
      if (!(error instanceof LogUnavailable) || performance.now() > end) throw error;
    }
  }
}
