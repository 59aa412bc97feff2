// bench:live: what a person waits for a line from the other side, with many sessions live, what a crash costs, and what
// one hostile client costs the others. `--only hostile` runs the last alone.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { echoLatencies, until } from './live/echo';
import { floods, underFlood } from './live/hostile';
import type { Hostile } from './live/hostile';
import { openLoop, percentile } from './live/open-loop';
import { csrsAtWork, customerOperation, liveSession, sendLine } from './live/people';
import type { LiveSession } from './live/people';
import { ServerProcess } from './live/server-process';
import { Watcher } from './live/watcher';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    sessions: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '20' },
    only: { type: 'string' },
  },
});
const onlyHostile = values.only === 'hostile';
const sessions = onlyHostile ? 100 : Number(values.sessions);
const seconds = Number(values.seconds);
const sessionsPerCsr = 20;
const staffFeed =
  'subscription($sessionId: ID!, $afterRevision: Int) { sessionFeed(sessionId: $sessionId, afterRevision: $afterRevision) { reset upTo events { revision type payload } } }';

interface Row {
  readonly name: string;
  readonly value: number | null;
  readonly unit: string;
  readonly limit: number | null;
  readonly ratio: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly n: number;
}

const say = (line: string): void => void (values.json || process.stderr.write(`${line}\n`));
const dataDir = mkdtempSync(join(tmpdir(), 'deskside-bench-'));
const server = new ServerProcess(dataDir, 20_000 + Math.floor(Math.random() * 20_000));
const due = new Map<string, { at: number; by: 'csr' | 'customer' }>();
let latencies: number[] = [];
let returned = 0;

function heard(side: 'csr' | 'customer', messageId: string, at: number): void {
  const sent = due.get(messageId);
  if (sent !== undefined && sent.by !== side) latencies.push(at - sent.at);
}

function watchersOf(live: readonly LiveSession[]): Watcher[] {
  const onReturn = (): void => void (returned += 1);
  const socket = (path: string) => () => `${server.origin.replace('http', 'ws')}/graphql/${path}`;
  const customers = live.map(
    ({ bearer, customerAddress }) =>
      new Watcher({
        url: socket('customer'),
        headers: { 'x-forwarded-for': customerAddress },
        connectionParams: { bearer },
        subscriptions: [{ query: customerOperation('sessionFeed'), variables: {} }],
        onMessage: (id, at) => heard('customer', id, at),
        onReturn,
      }),
  );
  const csrs = Map.groupBy(live, (session) => session.csr);
  const staff = [...csrs].map(
    ([{ cookie, address }, own]) =>
      new Watcher({
        url: socket('staff'),
        headers: { cookie, 'x-forwarded-for': address, origin: server.origin },
        connectionParams: {},
        subscriptions: own.map(({ sessionId }) => ({ query: staffFeed, variables: { sessionId } })),
        onMessage: (id, at) => heard('csr', id, at),
        onReturn,
      }),
  );
  return [...customers, ...staff];
}

/** Latencies in ms of the lines of this load. @throws when one was refused */
async function measured(live: readonly LiveSession[], rate: { perSecond: number; seconds: number }): Promise<number[]> {
  latencies = [];
  const errors: unknown[] = [];
  const count = await openLoop(rate, (index, at) => {
    const session = live[Math.floor(Math.random() * live.length)] as LiveSession;
    const by = index % 2 === 0 ? 'csr' : 'customer';
    const commandId = randomUUID();
    due.set(commandId, { at, by });
    sendLine(server.origin, session, by, commandId).catch((error: unknown) => errors.push(error));
  });
  await until(() => latencies.length + errors.length >= count);
  if (errors.length > 0) throw new Error(`${errors.length} commands failed: ${String(errors[0])}`);
  return latencies;
}

async function load(live: readonly LiveSession[], perSecond: number, name: string): Promise<Row> {
  say(`${name}: ${perSecond} commands a second for ${seconds} s`);
  const ours = await measured(live, { perSecond, seconds });
  const bare = await echoLatencies(sessions, { perSecond, seconds: Math.min(seconds, 10) });
  return rowOf(name, ours, bare);
}

/** The 99th percentile against that of the bare part. */
function rowOf(name: string, ours: readonly number[], bare: readonly number[]): Row {
  const [value, limit] = [percentile(ours, 0.99), percentile(bare, 0.99)];
  const ratio = value === null || limit === null ? null : value / limit;
  return {
    ...{ name, value, unit: 'ms', limit, ratio },
    ...{ p50: percentile(ours, 0.5), p95: percentile(ours, 0.95), p99: value, n: ours.length },
  };
}

/** Sessions of people who behave, and their lines a second, beside one client who does not. */
const besideHostile = { sessions: 100, perSecond: 50, seconds: 4 };
/** Without the client and with it, in turn; a disk that halts for a moment spoils one of them and not the median. */
const hostileRounds = 5;

/** What they wait while it floods, against the same without it, in turn; the aim is a ratio below 3. */
async function besideFlood(live: readonly LiveSession[], kind: Hostile['kind']): Promise<Row> {
  const hostile = await liveSession(server.origin, (live[0] as LiveSession).csr);
  const { origin } = server;
  const flood = { origin, kind, bearer: hostile.bearer, number: hostile.number, address: hostile.customerAddress };
  const behaved = (): Promise<number[]> => measured(live, besideHostile);
  const [quiet, flooded]: [number[][], number[][]] = [[], []];
  let done = 0;
  for (let round = 0; round < hostileRounds; round++) {
    const withFlood = async (): Promise<void> => {
      const under = await underFlood(flood, behaved);
      flooded.push(under.result);
      done += under.done;
    };
    if (round % 2 === 1) await withFlood();
    quiet.push(await behaved());
    if (round % 2 === 0) await withFlood();
  }
  say(`hostile-${kind}: ${done} in ${hostileRounds * besideHostile.seconds} s`);
  const [value, limit] = [medianOf99(flooded), medianOf99(quiet)];
  const ratio = value === null || limit === null ? null : value / limit;
  return { ...rowOf(`hostile-${kind}`, flooded.flat(), quiet.flat()), value, limit, ratio };
}

function medianOf99(rounds: readonly (readonly number[])[]): number | null {
  return percentile(
    rounds.flatMap((round) => percentile(round, 0.99) ?? []),
    0.5,
  );
}

/** kill -9 under load, a start at once, and until every feed has begun again with nothing missing and nothing twice. */
async function comeBack(live: readonly LiveSession[], watchers: readonly Watcher[]): Promise<Row> {
  const acknowledged: { session: LiveSession; id: string }[] = [];
  const sending = openLoop({ perSecond: 50, seconds: 2 }, (index) => {
    const session = live[index % live.length] as LiveSession;
    const id = randomUUID();
    sendLine(server.origin, session, 'csr', id).then(
      () => acknowledged.push({ session, id }),
      () => undefined,
    );
  });
  await new Promise((resolve) => setTimeout(resolve, 1000));
  returned = 0;
  const killed = performance.now();
  await server.kill();
  await server.start();
  say(`serving again after ${Math.round(performance.now() - killed)} ms`);
  const feeds = watchers.flatMap((watcher) => watcher.feeds);
  await until(() => returned >= feeds.length);
  const value = performance.now() - killed;
  await sending;
  const holds = (id: string): number => feeds.filter((feed) => feed.messages.has(id)).length;
  await until(() => acknowledged.every(({ id }) => holds(id) === 2));
  const doubles = feeds.reduce((sum, feed) => sum + feed.doubles, 0);
  if (doubles > 0) throw new Error(`${doubles} events came twice.`);
  return {
    name: `live-${sessions}-return`,
    value,
    unit: 'ms',
    limit: 5000,
    ratio: value / 5000,
    p50: null,
    p95: null,
    p99: null,
    n: feeds.length,
  };
}

try {
  await server.start();
  if (server.administrator === undefined) throw new Error('The server showed no first administrator.');
  const begin = performance.now();
  const csrs = await csrsAtWork(server.origin, server.administrator, Math.ceil(sessions / sessionsPerCsr));
  const live: LiveSession[] = [];
  for (let index = 0; index < sessions; index++)
    live.push(await liveSession(server.origin, csrs[index % csrs.length] as LiveSession['csr']));
  say(`${sessions} sessions with ${csrs.length} CSRs in ${Math.round(performance.now() - begin)} ms`);
  const watchers = watchersOf(live);
  for (const watcher of watchers) watcher.connect();
  await until(() => returned === sessions * 2);
  const rows: Row[] = [];
  if (!onlyHostile) rows.push(await load(live, 50, `live-${sessions}`), await load(live, 300, `live-${sessions}-300`));
  for (const kind of floods) rows.push(await besideFlood(live.slice(0, besideHostile.sessions), kind));
  if (!onlyHostile) rows.push(await comeBack(live, watchers));
  for (const watcher of watchers) watcher.close();
  const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
  if (values.json) process.stdout.write(`${JSON.stringify({ bench: 'live', machine, rows })}\n`);
  else console.table(rows);
} finally {
  await server.kill();
  rmSync(dataDir, { recursive: true, force: true });
}
process.exit(0);
