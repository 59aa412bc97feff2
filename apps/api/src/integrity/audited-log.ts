import { readFileSync } from 'node:fs';
import { auditLog, headIn } from '@deskside/event-store';
import type {
  AuditOptions,
  CheckpointElsewhere,
  EventLogReader,
  Finding,
  KnownHead,
  LogAudit,
} from '@deskside/event-store';
import { damageOfFile } from '@deskside/event-store/sqlite';
import type { SqliteLogReaderOptions } from '@deskside/event-store/sqlite';
import { openSecondPlace } from '../second-place/open-second-place';
import { Log } from '../log/logger';
import type { Settings } from '../settings/settings';
import { checkpointElsewhere } from './known-elsewhere';

/** What the file says that names the head of a log, without changing it; null where it says nothing. */
export function headBeside(file: string): KnownHead | null {
  try {
    return headIn(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** What the second place knows of a site's log; null when it knows nothing or none is set. @throws SecondPlaceTrouble */
export async function elsewhereOf(settings: Settings, siteId: string): Promise<CheckpointElsewhere | null> {
  const secondPlace = await openSecondPlace(settings, siteId, new Log('silent'));
  return secondPlace === null ? null : checkpointElsewhere(secondPlace, siteId);
}

export interface AuditedLog {
  readonly reader: EventLogReader;
  /** The file that it is in; null when it is on a server. */
  readonly file: SqliteLogReaderOptions | null;
  readonly head: KnownHead | null;
  readonly elsewhere: CheckpointElsewhere | null;
}

export async function audited(
  { reader, file, head, elsewhere }: AuditedLog,
  more: Pick<AuditOptions, 'onProgress'> = {},
): Promise<LogAudit> {
  const audit = await auditLog(reader, { ...more, hasRowPositions: file !== null, head, elsewhere });
  const damage = file === null ? null : damageOfFile(file);
  if (damage !== null) audit.spoilt(damage);
  return audit;
}

/** True for what only the second place says: the log had been longer once, or another one. */
export function isFromElsewhere(finding: Finding): boolean {
  return 'source' in finding && finding.source.place === 'secondPlace';
}
