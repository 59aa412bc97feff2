import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { EventStore, RecordedEvent, StreamName } from '../event-store';
import { readEnvelope, verifyChain } from '../seal';
import type { KillPayload } from './append-until-killed';
import { seededRandom } from './random';
import { SealedStream } from './sealed-stream';

/** Figures of one or many kills. `lost`: acknowledged and not there; `half`: appends of which a part is there. */
export interface KillFigures {
  readonly kills: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly half: number;
  /** Streams whose hashes do not fit. */
  readonly broken: number;
}

export const NO_KILLS: KillFigures = { kills: 0, acknowledged: 0, lost: 0, half: 0, broken: 0 };

const LATEST_KILL = 250;

/** Starts the process, kills it with SIGKILL once a seeded number of appends is acknowledged, gives all acknowledged ids. */
export async function killOnce(seed: number, target: { command: string; args: readonly string[] }): Promise<string[]> {
  const killAt = 1 + Math.floor(seededRandom(seed)() * LATEST_KILL);
  const child = spawn(target.command, target.args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const acknowledged: string[] = [];
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_, signal) => resolve(signal)));
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === killAt) child.kill('SIGKILL');
  }
  if ((await ended) !== 'SIGKILL') throw new Error(`The writing process ended before it was killed: ${complaint}`);
  return acknowledged;
}

/** Compares what a killed process was promised with what is there. */
export async function inspectAfterKill(
  store: EventStore,
  seed: number,
  acknowledged: readonly string[],
): Promise<KillFigures> {
  const streams = Map.groupBy(
    await allEvents(store, new SealedStream(`killed-${seed}-`).name),
    (event) => event.stream,
  );
  const appends = new Map<string, { of: number; found: number }>();
  for (const event of [...streams.values()].flat()) {
    const { append, of } = readEnvelope<KillPayload>(event).payload;
    const known = appends.get(append) ?? { of, found: 0 };
    appends.set(append, { of, found: known.found + 1 });
  }
  return {
    kills: 1,
    acknowledged: acknowledged.length,
    lost: acknowledged.filter((append) => !appends.has(append)).length,
    half: [...appends.values()].filter(({ of, found }) => of !== found).length,
    broken: [...streams.values()].filter((events) => !verifyChain(events).whole).length,
  };
}

export function addFigures(a: KillFigures, b: KillFigures): KillFigures {
  return {
    kills: a.kills + b.kills,
    acknowledged: a.acknowledged + b.acknowledged,
    lost: a.lost + b.lost,
    half: a.half + b.half,
    broken: a.broken + b.broken,
  };
}

async function allEvents(store: EventStore, prefix: string): Promise<(RecordedEvent & { stream: StreamName })[]> {
  const found: RecordedEvent[] = [];
  for (let page = await store.readAll({ after: null }); page.events.length > 0;) {
    found.push(...page.events.filter(({ stream }) => stream.startsWith(prefix)));
    page = await store.readAll({ after: page.position });
  }
  return found;
}
