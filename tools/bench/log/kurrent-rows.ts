import { randomUUID } from 'node:crypto';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import type { AppendResult } from '@kurrent/kurrentdb-client';
import { GENESIS_HASH, sealEvent } from '@deskside/event-store';
import type { EventStore } from '@deskside/event-store';
import { openKurrentEventStore } from '@deskside/event-store/kurrentdb';
import { compare } from './row';
import type { Row, Run } from './row';
import { sampleStreams, sealStream } from './sample-events';
import type { SampleStream } from './sample-events';

/** Streams with names of their own in each run: the server keeps those of the runs before. */
const freshStreams = (writers: number, events: number): SampleStream[] =>
  sampleStreams({ streams: writers, events, run: randomUUID() });

async function measured(writers: readonly ((latencies: number[]) => Promise<void>)[]): Promise<Run> {
  const latencies: number[] = [];
  const start = performance.now();
  await Promise.all(writers.map((write) => write(latencies)));
  const seconds = (performance.now() - start) / 1000;
  return { rate: latencies.length / seconds, latencies, count: latencies.length };
}

async function write(store: EventStore, { name, envelopes }: SampleStream, latencies: number[]): Promise<void> {
  let previous = GENESIS_HASH;
  let revision: bigint | 'noStream' = 'noStream';
  for (const envelope of envelopes) {
    const start = performance.now();
    const sealed = sealEvent(envelope, previous);
    const result = await store.append(name, [sealed], revision);
    if (!result.ok) throw new Error(`An append was refused: ${result.code}.`);
    latencies.push(performance.now() - start);
    previous = sealed.hash;
    revision = result.lastRevision;
  }
}

/** The same bytes by the package alone: nothing is sealed, checked, timed or retried. */
async function writeBare(client: KurrentDBClient, stream: SampleStream, latencies: number[]): Promise<void> {
  let streamState: bigint | 'no_stream' = 'no_stream';
  for (const { type, body, id, hash } of sealStream(stream)) {
    const start = performance.now();
    const metadata = { id, hash: Buffer.from(hash).toString('hex') };
    const event = {
      id: randomUUID(),
      type,
      contentType: 'application/octet-stream',
      data: Buffer.from(body),
      metadata,
    };
    const answer: AppendResult = await client.appendToStream(stream.name, event as never, { streamState });
    latencies.push(performance.now() - start);
    streamState = answer.nextExpectedRevision;
  }
}

async function appendRow(connectionString: string, writers: number, events: number): Promise<Row> {
  return compare(`kurrentdb-append-${writers}`, 'events/s', {
    ours: async () => {
      const store = await openKurrentEventStore({ connectionString });
      const streams = freshStreams(writers, events);
      const run = await measured(streams.map((stream) => (latencies) => write(store, stream, latencies)));
      await store.close();
      return run;
    },
    limit: async () => {
      const client = KurrentDBClient.connectionString(connectionString);
      const streams = freshStreams(writers, events);
      const run = await measured(streams.map((stream) => (latencies) => writeBare(client, stream, latencies)));
      await client.dispose();
      return run;
    },
  });
}

/** The adapter beside the bare client, on the server that DESKSIDE_TEST_KURRENTDB names; no rows where none is named. */
export async function kurrentRows(): Promise<readonly Row[]> {
  const connectionString = process.env['DESKSIDE_TEST_KURRENTDB'];
  if (connectionString === undefined) return [];
  return [await appendRow(connectionString, 1, 500), await appendRow(connectionString, 8, 2000)];
}
