// How fast all read models are made anew from the log: node --import ./tools/resolve-ts.mjs tools/bench/bench-rebuild.ts --json
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErasedKey } from '@deskside/domain';
import type { EventLogReader } from '@deskside/event-store';
import { openSqliteEventStore, openSqliteLogReader } from '@deskside/event-store/sqlite';
import {
  allProjections,
  planChanges,
  ProjectionEngine,
  SampleHistory,
  SampleLogWriter,
  sealLater,
} from '@deskside/projections/worker';
import type { OpenText, Projection } from '@deskside/projections/worker';
import { openSqliteVault } from '@deskside/vault/sqlite';
import { runBareRebuild } from './bench-rebuild-bare';
import type { PlannedChanges } from './bench-rebuild-bare';

export interface RebuildBenchOptions {
  /** Sessions in the log; one has about sixteen events. */
  readonly sessions?: number;
  /** Times that ours, bare, bare, ours are run. */
  readonly rounds?: number;
}

export interface RebuildRow {
  readonly name: 'rebuild';
  /** Median of ours, events of the log in a second. */
  readonly value: number;
  readonly unit: 'events/s';
  /** Median of the bare loop. */
  readonly limit: number;
  readonly ratio: number;
  /** Events in the log. */
  readonly n: number;
  readonly projections: number;
  /** Slowest and fastest run. */
  readonly range: readonly [number, number];
  readonly limitRange: readonly [number, number];
}

interface Prepared {
  readonly reader: EventLogReader;
  readonly openText: OpenText;
  readonly events: number;
  close(): Promise<void>;
}

export async function benchRebuild({ sessions = 6500, rounds = 5 }: RebuildBenchOptions = {}): Promise<RebuildRow> {
  const folder = mkdtempSync(join(tmpdir(), 'deskside-bench-rebuild-'));
  try {
    const prepared = await prepare(folder, sessions);
    const { reader, openText, events } = prepared;
    const plans = new Map<Projection, PlannedChanges>(await planChanges(reader, openText));
    const ours: number[] = [];
    const bare: number[] = [];
    const runOurs = async (): Promise<void> => void ours.push(events / (await runRebuild(prepared, fresh(folder))));
    const runBare = async (): Promise<void> => {
      bare.push(events / (await runBareRebuild(reader, fresh(folder), plans)));
    };
    for (let round = 0; round < rounds; round += 1) for (const run of [runOurs, runBare, runBare, runOurs]) await run();
    await prepared.close();
    const [value, limit] = [median(ours), median(bare)];
    const measured = {
      name: 'rebuild',
      value,
      unit: 'events/s',
      limit,
      ratio: Number((value / limit).toFixed(3)),
    } as const;
    return { ...measured, n: events, projections: allProjections.length, range: range(ours), limitRange: range(bare) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function prepare(folder: string, sessions: number): Promise<Prepared> {
  const file = join(folder, 'log.db');
  const vault = await openSqliteVault({ file: join(folder, 'vault.db'), masterKeyFile: join(folder, 'master.key') });
  const store = await openSqliteEventStore({ file });
  const history = [...new SampleHistory({ sessions, seed: 1, seal: sealLater }).events()];
  await new SampleLogWriter(store, vault).append(history);
  await store.close();
  const erased = history.filter(({ type }) => type === 'PersonalDataErased');
  await vault.destroy(erased.flatMap(({ payload }) => (payload as { keys: ErasedKey[] }).keys));
  const reader = await openSqliteLogReader({ file });
  const close = async (): Promise<void> => {
    await reader.close();
    await vault.close();
  };
  return { reader, openText: vault.open.bind(vault), events: history.length, close };
}

/** The engine as its thread runs it, in this one: all read models are there already and are built anew beside. @returns seconds */
async function runRebuild({ reader, openText }: Prepared, dataDir: string): Promise<number> {
  const log = { reader, eventsBetween: () => 0 };
  const observer = {
    ...{ committed: () => undefined, states: () => undefined, damagedFile: () => undefined },
    switched: async () => undefined,
  };
  const engine = await ProjectionEngine.open({ dataDir, projections: allProjections, log, openText, observer });
  // The files in use rest, as they do at the end of the log: only the rebuild is measured.
  const paused = Promise.all(allProjections.map(({ name }) => engine.pause(name, true)));
  const running = engine.run();
  await paused;
  const began = performance.now();
  const results = await Promise.all(allProjections.map(({ name }) => engine.rebuild(name)));
  const seconds = (performance.now() - began) / 1000;
  engine.close();
  await running;
  const failed = results.find((result) => !result.ok);
  if (failed) throw new Error(`A rebuild failed: ${JSON.stringify(failed)}`);
  return seconds;
}

let folders = 0;

function fresh(folder: string): string {
  folders += 1;
  const path = join(folder, String(folders));
  mkdirSync(path);
  return path;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
}

function range(values: readonly number[]): readonly [number, number] {
  return [Math.round(Math.min(...values)), Math.round(Math.max(...values))];
}

if (import.meta.main) {
  const row = await benchRebuild();
  const [cpu] = cpus();
  const machine = `${cpu?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.version}`;
  if (process.argv.includes('--json')) console.log(JSON.stringify({ bench: 'rebuild', machine, rows: [row] }));
  else
    console.log(
      `rebuild of ${row.projections} projections from ${row.n} events: ${row.value} events/s (${row.range.join('-')}), ` +
        `bare loop ${row.limit} (${row.limitRange.join('-')}), ratio ${row.ratio}`,
    );
}
