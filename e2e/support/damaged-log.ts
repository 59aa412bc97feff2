import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Deskside } from './deskside';

/** Starts the site again without one event of its first session. @returns how to put it back, and start once more */
export async function loseAnEvent(deskside: Deskside, revision: number): Promise<() => Promise<void>> {
  const file = join(deskside.dataDir, 'log.db');
  await deskside.stop();
  copyFileSync(file, `${file}-whole`);
  const db = new DatabaseSync(file);
  db.prepare(
    `DELETE FROM event WHERE revision = ? AND stream = (SELECT min(id) FROM stream WHERE name LIKE 'supportSession-%')`,
  ).run(revision);
  db.close();
  await deskside.start();
  return async () => {
    await deskside.stop();
    copyFileSync(`${file}-whole`, file);
    await deskside.start();
  };
}
