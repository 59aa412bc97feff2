import { openKurrentLogReader } from '@deskside/event-store/kurrentdb';
import { openSqliteLogReader } from '@deskside/event-store/sqlite';
import type { LogSource } from '../engine/projection-engine';
import type { LogSettings } from './worker-settings';

/** The one place where the worker's log is chosen. @throws when it cannot be read. */
export async function openLog(settings: LogSettings): Promise<LogSource> {
  switch (settings.kind) {
    case 'sqlite':
      return {
        // The main thread comes upon it as well, and says so.
        reader: await openSqliteLogReader({ file: settings.file, onPassedOver: () => undefined }),
        // This adapter's positions are row numbers without gaps.
        eventsBetween: (after, head) => Math.max(0, Number(BigInt(head ?? 0) - BigInt(after ?? 0))),
      };
    case 'kurrentdb':
      return {
        reader: await openKurrentLogReader({ connectionString: settings.connectionString }),
        // Its positions are places in a file: how many events stand between two of them nobody can say.
        eventsBetween: (after, head) => (after === head ? 0 : null),
      };
  }
}
