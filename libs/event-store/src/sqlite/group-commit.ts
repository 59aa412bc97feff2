import { isDamage, SQLITE, sqliteCode } from '@deskside/sqlite';
import type { AppendResult, LogDamage, LogTrouble } from '../event-store';
import { cannotBeRead } from './cannot-be-read';
import { fromPosition } from './log-position';
import type { LogWriter } from './log-writer';
import type { AppendBatch, GroupAnswer } from './writer-messages';

/** Events after which a group is closed although more wait, so that the first are not held up for long. */
const GROUP_EVENTS = 1024;

/**
 * Writes all appends that wait as one transaction: one sync of the disk for all of them. `next` gives what has arrived
 * meanwhile. When the disk fails, the whole group has that answer and nothing of it is there.
 */
export function commitGroup(writer: LogWriter, first: AppendBatch, next: () => AppendBatch | undefined): GroupAnswer {
  const batches: AppendBatch[] = [first];
  try {
    const results: AppendResult[] = [];
    writer.begin();
    for (let batch: AppendBatch | undefined = first, events = 0; batch;) {
      events += appendAll(writer, batch, results);
      batch = events < GROUP_EVENTS ? next() : undefined;
      if (batch) batches.push(batch);
    }
    writer.commit();
    return answer(results);
  } catch (error) {
    writer.rollback();
    return refuseAll(batches, diskRefusal(error));
  }
}

/** What kept the whole group from being written; null when nothing did. */
export function hindranceOf({ others }: GroupAnswer): LogTrouble | null {
  const [, first] = others[0] ?? [];
  if (first === undefined || first.ok) return null;
  switch (first.code) {
    case 'LOG_DISK_FULL':
    case 'LOG_UNAVAILABLE':
      return { code: first.code, sentence: first.reason };
    default:
      return null;
  }
}

/** That the file turned out not to be what was written; null when it did not. */
export function damageIn({ others }: GroupAnswer): LogDamage | null {
  const [, first] = others[0] ?? [];
  if (first === undefined || first.ok || first.code !== 'LOG_READ_ONLY') return null;
  return { status: 'damaged', place: null, reason: first.reason };
}

/** The same refusal for every append of these batches. */
export function refuseAll(batches: readonly AppendBatch[], refusal: AppendResult): GroupAnswer {
  const count = batches.reduce((sum, batch) => sum + batch.streams.length, 0);
  return answer(new Array<AppendResult>(count).fill(refusal));
}

/** Says how many events the batch held. */
function appendAll(writer: LogWriter, batch: AppendBatch, results: AppendResult[]): number {
  let firstEvent = 0;
  for (let index = 0; index < batch.streams.length; index++) {
    results.push(writer.append(batch, { index, firstEvent }));
    firstEvent += batch.counts[index] ?? 0;
  }
  return firstEvent;
}

function answer(results: readonly AppendResult[]): GroupAnswer {
  const positions = new BigInt64Array(results.length);
  const revisions = new BigInt64Array(results.length);
  const others: [number, AppendResult][] = [];
  results.forEach((result, index) => {
    if (!result.ok || result.alreadyThere) {
      others.push([index, result]);
      return;
    }
    positions[index] = fromPosition(result.position);
    revisions[index] = result.lastRevision;
  });
  return { kind: 'group', positions, revisions, others };
}

function diskRefusal(error: unknown): AppendResult {
  const message = error instanceof Error ? error.message : String(error);
  if (isDamage(error)) return { ok: false, code: 'LOG_READ_ONLY', reason: cannotBeRead(error) };
  switch (sqliteCode(error)) {
    case SQLITE.FULL:
      return { ok: false, code: 'LOG_DISK_FULL', reason: `The disk of the event log is full: ${message}.` };
    // Another process holds it up: nothing is wrong with it.
    case SQLITE.BUSY:
      return { ok: false, code: 'LOG_UNAVAILABLE', reason: `The event log is locked by another process: ${message}.` };
    default:
      return { ok: false, code: 'LOG_UNAVAILABLE', reason: `The event log could not be written: ${message}.` };
  }
}
