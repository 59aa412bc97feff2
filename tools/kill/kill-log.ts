// Kills a process that appends to a log, again and again, and counts what was lost.
// node --import ./tools/resolve-ts.mjs tools/kill/kill-log.ts [--kills 200] [--json]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
// The contract's entry point needs jest around it; this part of it does not.
// eslint-disable-next-line no-restricted-imports, @nx/enforce-module-boundaries
import { addFigures, inspectAfterKill, killOnce, NO_KILLS } from '../../libs/event-store/src/contract/kill-round';
import { openSqliteEventStore } from '@deskside/event-store/sqlite';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '200' }, json: { type: 'boolean' } } });
const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'deskside-kill-'));
const file = join(folder, 'log.db');
const node = ['--import', path('../resolve-ts.mjs'), path('../../libs/event-store/src/sqlite/kill-target.ts')];

let figures = NO_KILLS;
for (let seed = 1; seed <= Number(values.kills); seed++) {
  const acknowledged = await killOnce(seed, { command: process.execPath, args: [...node, file, String(seed)] });
  const store = await openSqliteEventStore({ file });
  figures = addFigures(figures, await inspectAfterKill(store, seed, acknowledged));
  await store.close();
}
rmSync(folder, { recursive: true });

if (values.json) console.log(JSON.stringify(figures));
else
  console.log(
    `${figures.kills} kills, ${figures.acknowledged} acknowledged, ${figures.lost} lost, ${figures.half} half.`,
  );
process.exitCode = figures.lost + figures.half + figures.broken === 0 ? 0 : 1;
