import { afterAll, expect, it, jest } from '@jest/globals';
import { seededRandom, SealedStream, Watcher } from '../contract';
import type { EventId, EventStore, RecordedEvent, StreamName } from '../event-store';
import { verifyChain } from '../seal';
import { KurrentDbDouble, NO_FAULTS, openStoreOn, SeededFaults } from './double';

/** Schedules in an ordinary test run; `npm run test:soak:log` asks for more. */
const SCHEDULES = Number(process.env['DESKSIDE_FAULT_SCHEDULES'] ?? 300);
/** So many run beside each other, each on a double and a store of its own: others go on while one meets silence. */
const LANES = 12;
const WRITERS = 3;
const APPENDS = 4;
/** Soon enough that a silent server costs a test little, and long enough for a machine whose cores are all busy. */
const limits = { appendMs: 1000, readMs: 2000, callMs: 60_000, longestPauseMs: 20 };

jest.setTimeout(SCHEDULES * 2000);

interface Acknowledged {
  readonly stream: StreamName;
  readonly ids: readonly EventId[];
}

/** One writer: reads where a stream stands, seals, appends; after a conflict it begins again, as the command path does. */
async function write(
  store: EventStore,
  { seed, streams, writer, random }: { seed: number; streams: readonly string[]; writer: number; random: () => number },
): Promise<readonly Acknowledged[]> {
  const acknowledged: Acknowledged[] = [];
  for (let number = 0; number < APPENDS; number++) {
    const stream = new SealedStream(streams[Math.floor(random() * streams.length)] ?? '');
    const ids = Array.from({ length: 1 + Math.floor(random() * 3) }, (_, at) =>
      idOf(seed, (writer * APPENDS + number) * 3 + at),
    );
    for (let isDone = false; !isDone;) {
      const [last] = await store.readStream(stream.name, { direction: 'backwards', maxCount: 1 });
      stream.continueAfter(last?.revision ?? -1n, last?.hash ?? new Uint8Array(32));
      const events = ids.map((id) => stream.seal({ id }));
      const result = await store.append(stream.name, events, last?.revision ?? 'noStream');
      if (!result.ok) expect(result.code).toBe('REVISION_CONFLICT');
      isDone = result.ok;
    }
    acknowledged.push({ stream: stream.name, ids });
  }
  return acknowledged;
}

function idOf(seed: number, place: number): EventId {
  return `00000000-0000-5000-8000-${(seed * 1000 + place).toString(16).padStart(12, '0')}` as EventId;
}

async function schedule(seed: number, { double, store }: Lane): Promise<SeededFaults> {
  const random = seededRandom(seed);
  const faults = new SeededFaults(random, 0.12);
  const streams = [`faults-${seed}-a`, `faults-${seed}-b`];
  const watcher = new Watcher(store, { after: await store.head() });
  double.plan(faults);
  const writers = Array.from({ length: WRITERS }, (_, writer) => write(store, { seed, streams, writer, random }));
  const acknowledged = (await Promise.all(writers)).flat();
  double.plan(NO_FAULTS);

  const read = await Promise.all(streams.map((name) => store.readStream(name as StreamName)));
  const stored = read.flat();
  const wanted = acknowledged.flatMap(({ ids }) => ids);
  expect(stored.map(({ id }) => id).sort()).toEqual([...wanted].sort());
  for (const events of read) expect(verifyChain(events).whole).toBe(true);
  for (const { stream, ids } of acknowledged) expect(isTogether(stored, stream, ids)).toBe(true);
  await watcher.hasEvents(stored.length);
  const inOrder = [...stored].sort((a, b) => store.comparePositions(a.position, b.position));
  expect(watcher.events).toEqual(inOrder);
  await watcher.stop();
  return faults;
}

/** What one append wrote stands in one piece. */
function isTogether(stored: readonly RecordedEvent[], stream: StreamName, ids: readonly EventId[]): boolean {
  const revisions = ids.map((id) => stored.find((event) => event.id === id && event.stream === stream)?.revision);
  return revisions.every((revision, at) => revision === (revisions[0] ?? -1n) + BigInt(at));
}

const met: Record<string, number> = {};
/** What ends each store and then its server, whatever fails. */
const afterwards: (() => Promise<void>)[] = [];
afterAll(async () => {
  process.stdout.write(`faults met in ${SCHEDULES} schedules: ${JSON.stringify(met)}\n`);
  for (const end of afterwards.reverse()) await end();
});

interface Lane {
  readonly double: KurrentDbDouble;
  readonly store: EventStore;
}

async function openLane(): Promise<Lane> {
  const double = await KurrentDbDouble.start();
  afterwards.push(() => double.close());
  const store = await openStoreOn(double, limits);
  afterwards.push(() => store.close());
  return { double, store };
}

async function lane({ double, store }: Lane, number: number): Promise<void> {
  for (let seed = number; seed <= SCHEDULES; seed += LANES) {
    const faults = await schedule(seed, { double, store });
    for (const [name, count] of Object.entries(faults.met)) met[name] = (met[name] ?? 0) + count;
  }
  expect(store.integrity().status).not.toBe('damaged');
}

it(`${SCHEDULES} schedules of faults lose, double, break and reorder nothing`, async () => {
  const lanes: Lane[] = [];
  for (let opened = 0; opened < LANES; opened++) lanes.push(await openLane());
  await Promise.all(lanes.map((own, at) => lane(own, at + 1)));
  for (const fault of ['dropAfter', 'silentAfter', 'timeoutAfter', 'notLeader', 'noPosition'] as const)
    expect(met[fault]).toBeGreaterThan(0);
});
