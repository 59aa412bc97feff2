import { join } from 'node:path';
import { GENESIS_HASH, readEnvelope, verifyLink } from '@deskside/event-store';
import type { EventLogReader, Position, RecordedEvent } from '@deskside/event-store';
import { openSqliteEventStore, openSqliteLogReader } from '@deskside/event-store/sqlite';
import { openPayload, unsealedTextsIn } from '@deskside/vault';
import type { Vault } from '@deskside/vault';
import { openSqliteVault } from '@deskside/vault/sqlite';
import { readBare } from './bare-log';
import { compare } from './row';
import type { Row, Run } from './row';
import { personalPayload, sampleStreams, sealStream } from './sample-events';
import type { SampleSize } from './sample-events';
import { inScratch } from './scratch';

const SIZE: SampleSize = { streams: 64, events: 100_000 };
const PERSONAL_SIZE: SampleSize = { streams: 64, events: 20_000 };
const AT_ONCE = 50;

/** Reads the whole log in pages of 1,000 on a connection of its own. */
async function replay(file: string, take: (event: RecordedEvent) => unknown): Promise<Run> {
  const reader: EventLogReader = await openSqliteLogReader({ file });
  const start = performance.now();
  let count = 0;
  for (let after: Position | null = null; ;) {
    const page = await reader.readAll({ after, maxCount: 1000 });
    if (page.events.length === 0) break;
    for (const event of page.events) {
      const taken = take(event);
      if (taken instanceof Promise) await taken;
    }
    count += page.events.length;
    after = page.position;
  }
  const seconds = (performance.now() - start) / 1000;
  await reader.close();
  return { rate: count / seconds, latencies: [], count };
}

function verifier(): (event: RecordedEvent) => void {
  const hashes = new Map<string, Uint8Array>();
  return (event) => {
    if (!verifyLink(hashes.get(event.stream) ?? GENESIS_HASH, event)) throw new Error('The chain does not fit.');
    hashes.set(event.stream, event.hash);
    readEnvelope(event);
  };
}

async function fill(folder: string, size: SampleSize, vault?: Vault): Promise<string> {
  const file = join(folder, 'log.db');
  const store = await openSqliteEventStore({ file });
  const streams = sampleStreams(size, vault && personalPayload);
  const writers = streams.map(async (stream) => {
    const texts = stream.envelopes.flatMap(({ payload }) => unsealedTextsIn(payload));
    const events = sealStream(stream, vault && (await vault.prepare(texts)));
    for (let at = 0; at < events.length; at += AT_ONCE)
      await store.append(stream.name, events.slice(at, at + AT_ONCE), 'any');
  });
  await Promise.all(writers);
  await store.close();
  return file;
}

/** `replay`: pages and JSON.parse; `replay-verified`: every hash checked too. */
export function replayRows(): Promise<Row[]> {
  return inScratch(async (folder) => {
    const file = await fill(folder, SIZE);
    const limit = async (): Promise<Run> => readBare(file, JSON.parse);
    return [
      await compare('replay', 'events/s', { ours: () => replay(file, readEnvelope), limit }),
      await compare('replay-verified', 'events/s', { ours: () => replay(file, verifier()), limit }),
    ];
  });
}

/** `replay-opened`: five of eight fields opened by the vault. */
export function openedReplayRow(): Promise<Row> {
  return inScratch(async (folder) => {
    const vault = await openSqliteVault({ file: join(folder, 'vault.db'), masterKeyFile: join(folder, 'master.key') });
    const file = await fill(folder, PERSONAL_SIZE, vault);
    const open = (event: RecordedEvent): unknown => openPayload(readEnvelope(event).payload, event.id, vault);
    const row = await compare('replay-opened', 'events/s', {
      ours: () => replay(file, open),
      limit: async () => readBare(file, JSON.parse),
    });
    await vault.close();
    return row;
  });
}
