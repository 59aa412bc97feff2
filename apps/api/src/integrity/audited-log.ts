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
import { damageOfFile, openWhatIsLeft } from '@deskside/event-store/sqlite';
import type { SqliteLogReaderOptions } from '@deskside/event-store/sqlite';

/** What is known of the head of a log from the file that names it. */
export interface FoundHead {
  readonly status: 'named' | 'missing' | 'damaged';
  readonly head: KnownHead | null;
}

/** Looks without changing anything: a start puts a damaged one aside. @throws when there is one that cannot be read just now */
export function findHead(file: string): FoundHead {
  const text = textIn(file);
  if (text === null) return { status: 'missing', head: null };
  try {
    return { status: 'named', head: headIn(text) };
  } catch {
    return { status: 'damaged', head: null };
  }
}

function textIn(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** What that file says; null where it says nothing. */
export function headBeside(file: string): KnownHead | null {
  return findHead(file).head;
}

export interface AuditedLog {
  readonly reader: EventLogReader;
  /** The file that it is in; null when it is on a server. */
  readonly file: SqliteLogReaderOptions | null;
  readonly head: KnownHead | null;
  readonly elsewhere: CheckpointElsewhere | null;
  /** Public key of the site, base64; absent where its vault is not at hand. */
  readonly key?: string;
}

export async function audited(
  { reader, file, ...known }: AuditedLog,
  more: Pick<AuditOptions, 'onProgress' | 'withContents'> = {},
): Promise<LogAudit> {
  const audit = await auditLog(reader, {
    ...{ ...more, ...known, hasRowPositions: file !== null },
    ...(file !== null && { whatIsLeft: () => openWhatIsLeft(file) }),
  });
  const damage = file === null ? null : damageOfFile(file);
  if (damage !== null) audit.fileDamaged(damage);
  return audit;
}

/** True for what only the second place says: the log had been longer once, or another one. */
export function isFromElsewhere(finding: Finding): boolean {
  return 'source' in finding && finding.source.place === 'secondPlace';
}
