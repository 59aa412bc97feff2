import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { GENESIS_HASH, sealEvent } from '@deskside/event-store';
import type { EventStore } from '@deskside/event-store';
import { openSqliteEventStore } from '@deskside/event-store/sqlite';
import { sealPayload, unsealedTextsIn } from '@deskside/vault';
import type { Vault } from '@deskside/vault';
import { openSqliteVault } from '@deskside/vault/sqlite';
import { appendBare, inTurn } from './bare-log';
import { compare } from './row';
import type { Row, Run } from './row';
import { personalPayload, sampleStreams, sealStream } from './sample-events';
import type { SampleStream } from './sample-events';
import { startSampleSigner } from './sample-signer';
import { inScratch } from './scratch';

interface Target {
  readonly store: EventStore;
  /** Given when payloads hold personal texts. */
  readonly vault?: Vault;
}

/** One writer: from the envelope to the durable event, again and again; notes how long each took, ms. */
async function write({ store, vault }: Target, stream: SampleStream, latencies: number[]): Promise<void> {
  let previous = GENESIS_HASH;
  let revision: bigint | 'noStream' = 'noStream';
  for (const envelope of stream.envelopes) {
    const start = performance.now();
    const payload = vault
      ? sealPayload(envelope.payload, envelope.id, await vault.prepare(unsealedTextsIn(envelope.payload)))
      : envelope.payload;
    const sealed = sealEvent(vault ? { ...envelope, payload } : envelope, previous);
    const result = await store.append(stream.name, [sealed], revision);
    if (!result.ok) throw new Error(`An append was refused: ${result.code}.`);
    latencies.push(performance.now() - start);
    previous = sealed.hash;
    revision = result.lastRevision;
  }
}

async function appendOurs(streams: readonly SampleStream[], withVault: boolean): Promise<Run> {
  return inScratch(async (folder) => {
    const store = await openSqliteEventStore({ file: join(folder, 'log.db') });
    // As in the server: the log is signed while it grows.
    const signer = await startSampleSigner(store, generateKeyPairSync('ed25519').privateKey);
    const paths = { file: join(folder, 'vault.db'), masterKeyFile: join(folder, 'master.key') };
    const vault = withVault ? await openSqliteVault(paths) : undefined;
    const latencies: number[] = [];
    const start = performance.now();
    await Promise.all(streams.map((stream) => write({ store, ...(vault && { vault }) }, stream, latencies)));
    const seconds = (performance.now() - start) / 1000;
    await signer.close(10_000);
    await store.close();
    await vault?.close();
    return { rate: latencies.length / seconds, latencies, count: latencies.length };
  });
}

/** `append-<writers>`: one event an append, as many appends at once as there are writers. */
export async function appendRow(writers: number, events: number): Promise<Row> {
  const streams = sampleStreams({ streams: writers, events });
  const bare = inTurn(streams.map((stream) => sealStream(stream)));
  return compare(`append-${writers}`, 'events/s', {
    ours: () => appendOurs(streams, false),
    limit: () => appendBare(bare, writers),
  });
}

/** `append-64-sealed`: five of eight fields sealed by the vault, one of them under a key of its own. */
export async function sealedAppendRow(writers: number, events: number): Promise<Row> {
  const streams = sampleStreams({ streams: writers, events }, personalPayload);
  const bare = await inScratch(async (folder) => {
    const vault = await openSqliteVault({ file: join(folder, 'vault.db'), masterKeyFile: join(folder, 'master.key') });
    const texts = streams.flatMap(({ envelopes }) => envelopes.flatMap(({ payload }) => unsealedTextsIn(payload)));
    const prepared = await vault.prepare(texts);
    await vault.close();
    return inTurn(streams.map((stream) => sealStream(stream, prepared)));
  });
  return compare(`append-${writers}-sealed`, 'events/s', {
    ours: () => appendOurs(streams, true),
    limit: () => appendBare(bare, writers),
  });
}
