import { summaryOf } from '@deskside/event-store';
import { headFileOf, openSqliteLogReader } from '@deskside/event-store/sqlite';
import { audited, headBeside } from './audited-log';

/** What is wrong with a log that nobody writes, in a few sentences; null when it is whole. @throws LogUnusable */
export async function faultsOfLogFile(file: string, onProgress: (events: number) => void): Promise<string | null> {
  const options = { file, isStill: true };
  const reader = await openSqliteLogReader(options);
  try {
    const log = { reader, file: options, head: headBeside(headFileOf(file)), elsewhere: null };
    const audit = await audited(log, { onProgress });
    return audit.findings.length === 0 ? null : summaryOf(audit);
  } finally {
    await reader.close();
  }
}
