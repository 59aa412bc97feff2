// test:soak: for a given time everything that people do, with kills, hostile clients, backups and erasures, against the
// built server. [--minutes 10] [--seed N] [--json]
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { userCacheDir } from '@deskside/media/server';
import { freePort } from '../support/free-port';
import { Chance } from './chance';
import { SoakRun } from './soak-run';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
    json: { type: 'boolean' },
  },
});
const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
if (!(minutes > 0) || !Number.isInteger(seed)) throw new Error('--minutes and --seed are numbers.');
const say = (line: string): void => void process.stderr.write(`${Math.round(performance.now() / 1000)} s: ${line}\n`);
say(`--minutes ${minutes} --seed ${seed}`);

const root = mkdtempSync(join(tmpdir(), 'deskside-soak-'));
const [dataDir, secondPlace] = [join(root, 'data'), join(root, 'second-place')];
mkdirSync(secondPlace);
const cache = userCacheDir();
// It is not what is tested: nothing is fetched or built for it.
const hasMedia =
  existsSync(cache) && readdirSync(cache).some((version) => existsSync(join(cache, version, 'livekit-server')));
const options = {
  dataDir,
  main: join(import.meta.dirname, '../../../../dist/apps/api/main.mjs'),
  settings: {
    DESKSIDE_PORT: String(await freePort()),
    DESKSIDE_LOG_LEVEL: 'error',
    DESKSIDE_SECOND_PLACE: secondPlace,
    DESKSIDE_MEDIA: hasMedia ? 'auto' : 'off',
  },
};

const run = new SoakRun({
  root,
  secondPlace,
  options,
  chance: new Chance(seed),
  sampleEveryMs: Math.min(5000, minutes * 1500),
  say,
});
const { checks, figures } = await run.for(minutes * 60_000);
for (const { ok, name, figure } of checks) say(`${ok ? 'ok    ' : 'FAILED'} ${name}: ${figure}`);
const isGood = checks.every(({ ok }) => ok);
if (values.json) process.stdout.write(`${JSON.stringify({ soak: { minutes, seed, isGood, checks, ...figures } })}\n`);
if (isGood) rmSync(root, { recursive: true });
else say(`What it left: ${root}`);
process.exit(isGood ? 0 : 1);
