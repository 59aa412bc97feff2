import { openSqliteLogReader } from '@deskside/event-store/sqlite';
import type { LogSource } from '../engine/projection-engine';
import type { LogSettings } from './worker-settings';

/** The one place where the worker's log is chosen. @throws when it cannot be read. */
export function openLog(settings: LogSettings): LogSource {
  switch (settings.kind) {
    case 'sqlite':
      return {
        reader: openSqliteLogReader({ file: settings.file }),
        // This adapter's positions are row numbers without gaps.
        eventsBetween: (after, head) => Math.max(0, Number(BigInt(head ?? 0) - BigInt(after ?? 0))),
      };
  }
}
