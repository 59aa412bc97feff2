// bench:log: what the event log does beside the bare limit of its own tables and PRAGMAs on this machine.
// node --import ./tools/resolve-ts.mjs tools/bench/bench-log.ts [--json] [--only append-64]
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { benchRebuild } from './bench-rebuild';
import { appendRow, sealedAppendRow } from './log/append-rows';
import { kurrentRows } from './log/kurrent-rows';
import { peerRow } from './log/peer-row';
import { openedReplayRow, replayRows } from './log/replay-rows';
import type { Row } from './log/row';
import { verifyRow } from './log/verify-row';

const { values } = parseArgs({ options: { json: { type: 'boolean' }, only: { type: 'string' } } });

const measures: readonly [names: string, measure: () => Promise<readonly Row[]>][] = [
  ['append-1', async () => [await appendRow(1, 2000)]],
  ['append-8', async () => [await appendRow(8, 8000)]],
  ['append-64', async () => [await appendRow(64, 25_600)]],
  ['append-128', async () => [await appendRow(128, 25_600)]],
  ['append-64-sealed', async () => [await sealedAppendRow(64, 12_800)]],
  ['append-1-peer', async () => [await peerRow(2000)]],
  ['replay', replayRows],
  ['replay-opened', async () => [await openedReplayRow()]],
  ['verify', async () => [await verifyRow()]],
  ['rebuild', async () => [await rebuildRow()]],
  ['kurrentdb', kurrentRows],
];

/** All read models anew from a log of some 50,000 events; `projections` says how many. */
async function rebuildRow(): Promise<Row & { readonly projections: number }> {
  const { range, limitRange, ...row } = await benchRebuild({ sessions: 2600 });
  return { ...row, p50: null, p95: null, p99: null, ranges: [range, limitRange] };
}

const rows: Row[] = [];
for (const [name, measure] of measures) {
  if (values.only !== undefined && values.only !== name) continue;
  if (!values.json) process.stderr.write(`${name} ...\n`);
  rows.push(...(await measure()));
}

const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
const whole = ([from = 0, to = 0]: readonly number[]): string => `${Math.round(from)} - ${Math.round(to)}`;
if (values.json) {
  console.log(JSON.stringify({ bench: 'log', machine, rows: rows.map(({ ranges: _ranges, ...row }) => row) }));
} else {
  console.log(machine);
  console.table(
    rows.map(({ ranges, ...row }) => ({
      ...row,
      range: whole(ranges?.[0] ?? []),
      'limit range': whole(ranges?.[1] ?? []),
    })),
  );
}
