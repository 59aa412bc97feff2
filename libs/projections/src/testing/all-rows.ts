import { allProjections } from '../all-projections';
import { ProjectionFile } from '../engine/projection-file';
import { ProjectionRunner } from '../engine/projection-runner';
import { readPage } from '../engine/log-page';
import type { OpenText } from '../engine/log-page';
import { temporaryFolder } from './engine-run';
import type { MemoryLog } from './memory-log';
import { rowsOf } from './table-rows';

/** From which event to which, counted from 0, the second exclusive. */
export type Stretch = readonly [from: number, to: number];

export type AllRows = Readonly<Record<string, ReturnType<typeof rowsOf>>>;

/**
 * The rows of every projection after it was given these stretches of the log one after the other. Nothing here looks at
 * checkpoints: what comes twice is applied twice.
 */
export async function rowsAfter(log: MemoryLog, open: OpenText, stretches: readonly Stretch[]): Promise<AllRows> {
  const folder = temporaryFolder();
  const pages = await Promise.all(
    stretches.map(([from, to]) => readPage(log.reader, log.recorded[from - 1]?.position ?? null, to - from)),
  );
  const rows: Record<string, ReturnType<typeof rowsOf>> = {};
  for (const projection of allProjections) {
    const path = `${folder.path}/${projection.name}.db`;
    const runner = new ProjectionRunner(projection, ProjectionFile.create(path, projection, { complete: true }));
    for (const page of pages) await runner.process(page, open);
    rows[projection.name] = rowsOf(path);
    runner.file.close();
    if (runner.failure !== null) throw new Error(runner.failure.message);
  }
  folder.remove();
  return rows;
}
