import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allProjections } from '../all-projections';
import { sessionsProjection } from '../sessions/sessions-projection';
import { EngineRun, temporaryFolder } from '../testing/engine-run';
import { MemoryLog } from '../testing/memory-log';
import { MemoryVault } from '../testing/memory-vault';
import { SampleHistory } from '../testing/sample-history';
import { rowsOf } from '../testing/table-rows';

const resolver = new URL('../../../../tools/resolve-ts.mjs', import.meta.url).href;
const script = fileURLToPath(new URL('../testing/rebuild-until-killed.ts', import.meta.url));
const current = `sessions.v${sessionsProjection.version}`;
const history = { sessions: 250, seed: 31 };

describe('kill -9 in the middle of a rebuild', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  const vault = new MemoryVault();
  const log = new MemoryLog();
  log.append(...new SampleHistory({ ...history, seal: vault.seal }).events());
  const start = (): Promise<EngineRun> =>
    EngineRun.start({ dataDir: folder.path, projections: allProjections, log, openText: vault.open });
  const databases = (): readonly string[] =>
    readdirSync(join(folder.path, 'read-models')).filter((f) => f.includes('.db'));

  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());

  it.each([
    // Page 1 is the look at the end of the log, before the rebuild begins.
    ['page 2', `${current}.g1.db`],
    ['page 3', `${current}.g1.db`],
    ['page 5', `${current}.g1.db`],
    ['switch', `${current}.g2.db`],
  ])('at %s leaves %s to answer, and nothing else after the next start', async (place, answers) => {
    const first = await start();
    await first.untilAt(log.head);
    const rows = allProjections.map(({ name }) => rowsOf(first.file(name)));
    await first.close();
    const parameters = [folder.path, place, String(history.sessions), String(history.seed)];
    const child = spawnSync(process.execPath, ['--import', resolver, script, ...parameters], { encoding: 'utf8' });
    expect([child.signal, child.stderr]).toEqual(['SIGKILL', '']);
    expect(databases().some((file) => file.startsWith(`${current}.g2.db`))).toBe(true);
    const next = await start();
    await next.untilAt(log.head);
    expect(allProjections.map(({ name }) => rowsOf(next.file(name)))).toEqual(rows);
    await next.close();
    expect(databases().filter((file) => file.startsWith('sessions'))).toEqual([answers]);
    expect(databases()).toHaveLength(allProjections.length);
  });
});
