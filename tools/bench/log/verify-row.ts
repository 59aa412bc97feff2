import { generateKeyPairSync, hash } from 'node:crypto';
import { join } from 'node:path';
import { auditLog } from '@deskside/event-store';
import { openSqliteEventStore, openSqliteLogReader } from '@deskside/event-store/sqlite';
import { readBare } from './bare-log';
import { compare } from './row';
import type { Row, Run } from './row';
import { sampleStreams, sealStream } from './sample-events';
import { inScratch } from './scratch';
import { startSampleSigner } from './sample-signer';

const EVENTS = 1_000_000;
const STREAMS = 20_000;
const AT_ONCE = 50;
const STREAMS_AT_ONCE = 200;

/** A log with its checkpoints, as a site has it after many sessions. */
async function fill(file: string): Promise<void> {
  const store = await openSqliteEventStore({ file, verifyAgain: false });
  const signer = await startSampleSigner(store, generateKeyPairSync('ed25519').privateKey);
  for (let first = 0; first < STREAMS; first += STREAMS_AT_ONCE) {
    const size = { streams: STREAMS_AT_ONCE, events: (EVENTS / STREAMS) * STREAMS_AT_ONCE, run: String(first) };
    const writers = sampleStreams(size).map(async (stream) => {
      const events = sealStream(stream);
      for (let at = 0; at < events.length; at += AT_ONCE)
        await store.append(stream.name, events.slice(at, at + AT_ONCE), 'any');
    });
    await Promise.all(writers);
  }
  await signer.close(60_000);
  await store.close();
}

async function audited(file: string): Promise<Run> {
  const reader = await openSqliteLogReader({ file });
  const start = performance.now();
  const audit = await auditLog(reader, { hasRowPositions: true, head: null, elsewhere: null });
  const seconds = (performance.now() - start) / 1000;
  await reader.close();
  if (audit.findings.length > 0) throw new Error('The sample log is not whole.');
  return { rate: audit.events / seconds, latencies: [], count: audit.events };
}

/** What any check of a log must at least do with an event. */
const sha256 = (body: string): string => hash('sha256', body, 'latin1');

/** `verify`: what `npm run verify` does with a file of 1,000,000 events. */
export function verifyRow(): Promise<Row> {
  return inScratch(async (folder) => {
    const file = join(folder, 'log.db');
    await fill(file);
    return compare('verify', 'events/s', { ours: () => audited(file), limit: async () => readBare(file, sha256) });
  });
}
