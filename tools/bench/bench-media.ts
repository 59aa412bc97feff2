// bench:media: how old a picture of the customer's screen is, how fast it comes and goes, and how fast a customer is in.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { provideBrowser } from '../browser/provide-browser.mjs';
import { percentile } from './live/open-loop';
import { median } from './log/row';
import type { Row } from './log/row';
import { joinTimes } from './media/join-times';
import { BareSide, ProductSide } from './media/sides';
import type { Side } from './media/sides';
import { Site } from './media/site';
import { stopTimes } from './media/stop-times';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    turns: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    shares: { type: 'string', default: '20' },
    stops: { type: 'string', default: '20' },
    joins: { type: 'string', default: '20' },
  },
});
const [turns, seconds] = [Number(values.turns), Number(values.seconds)];
/** Until the sender's estimate of the way has settled, ms. */
const settlingMs = 2000;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** A time whose p95 has a limit. */
function timed(name: string, times: readonly number[], limit: number): Row {
  const value = percentile(times, 0.95);
  return {
    ...{ name, value, unit: 'ms', limit, ratio: value === null ? null : value / limit },
    ...{ p50: percentile(times, 0.5), p95: value, p99: percentile(times, 0.99), n: times.length },
    ranges: [[Math.min(...times), Math.max(...times)], []],
  };
}

/** Runs of ages, one for each turn: the pooled medians are compared. */
function compared(name: string, ours: readonly (readonly number[])[], bare: readonly (readonly number[])[]): Row {
  const pooled = ours.flat();
  const [value, limit] = [percentile(pooled, 0.5), percentile(bare.flat(), 0.5)];
  const range = (runs: readonly (readonly number[])[]): number[] => {
    const medians = runs.map(median);
    return [Math.min(...medians), Math.max(...medians)];
  };
  return {
    ...{ name, value, unit: 'ms', limit, ratio: value === null || limit === null ? null : value / limit },
    ...{ p50: value, p95: percentile(pooled, 0.95), p99: percentile(pooled, 0.99), n: pooled.length },
    ranges: [range(ours), range(bare)],
  };
}

interface Turn {
  readonly firstAfter: number;
  readonly ages: readonly number[];
  readonly sending: string;
}

async function turn(side: Side): Promise<Turn> {
  const firstAfter = await side.share();
  await side.watch(settlingMs);
  const ages = await side.watch(seconds * 1000);
  const sending = await side.sending();
  await side.stop();
  return { firstAfter, ages, sending };
}

async function pictureRows(site: Site): Promise<Row[]> {
  const [ours, bare] = [await ProductSide.open(site), await BareSide.open(site)];
  try {
    const ages: [ours: (readonly number[])[], bare: (readonly number[])[]] = [[], []];
    const firstAfter: number[] = [];
    for (let index = 0; index < turns; index++) {
      say(`capture-to-picture: turn ${index + 1} of ${turns}`);
      const [our, other] = [await turn(ours), await turn(bare)];
      if (our.sending !== other.sending)
        throw new Error(`Not the same is sent:\nproduct ${our.sending}\nbare    ${other.sending}`);
      if (index === 0) say(`both send ${our.sending}`);
      firstAfter.push(our.firstAfter);
      ages[0].push(our.ages);
      ages[1].push(other.ages);
    }
    say('choice-to-picture');
    while (firstAfter.length < Number(values.shares)) {
      firstAfter.push(await ours.share());
      await ours.stop();
    }
    return [compared('capture-to-picture', ...ages), timed('choice-to-picture', firstAfter, 2000)];
  } finally {
    await Promise.all([ours.close(), bare.close()]);
  }
}

process.env['TEST_BROWSER'] = await provideBrowser();
const site = new Site();
const rows: Row[] = [];
try {
  await site.begin();
  rows.push(...(await pictureRows(site)));
  say('stop-to-gone');
  rows.push(timed('stop-to-gone', await stopTimes(site, Number(values.stops)), 100));
  say('join-to-ready');
  rows.push(timed('join-to-ready', await joinTimes(site, Number(values.joins)), 1500));
} finally {
  await site.end();
}
const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
const whole = ([from, to]: readonly number[]): string =>
  from === undefined || to === undefined ? '' : `${Math.round(from)} - ${Math.round(to)}`;
if (values.json)
  console.log(JSON.stringify({ bench: 'media', machine, rows: rows.map(({ ranges: _ranges, ...row }) => row) }));
else {
  console.log(machine);
  console.table(
    rows.map(({ ranges, ...row }) => ({
      ...row,
      range: whole(ranges?.[0] ?? []),
      'limit range': whole(ranges?.[1] ?? []),
    })),
  );
}
process.exit(0);
