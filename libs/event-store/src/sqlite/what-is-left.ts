import { UnreadablePositions } from '../integrity';
import type { WhatIsLeft } from '../integrity';
import { openSqliteLogReader } from './sqlite-log-reader';
import type { SqliteLogReaderOptions } from './sqlite-log-reader';

/** Reads what can be read of a file that is damaged. @throws LogUnusable when it is not there or not a log */
export async function openWhatIsLeft(options: SqliteLogReaderOptions): Promise<WhatIsLeft> {
  const unreadable = new UnreadablePositions();
  const onPassedOver = (why: string, position: bigint | null): void => {
    if (position !== null) unreadable.add(position, why);
  };
  return { reader: await openSqliteLogReader({ ...options, onPassedOver }), unreadable };
}
