import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { appendBare, inTurn, LOG_PRAGMAS } from './bare-log';
import { absent, compare } from './row';
import type { Row, Run } from './row';
import { sampleStreams, sealStream } from './sample-events';
import type { SampleStream } from './sample-events';
import { inScratch } from './scratch';

const NAME = 'append-1-peer';
const folder = fileURLToPath(new URL('../peer/', import.meta.url));

/** The part of the peer that is measured. */
interface Peer {
  sqliteConnection(options: { fileName: string }): PeerConnection;
  createEventStoreSchema(connection: PeerConnection): Promise<void>;
  appendToStream(
    connection: PeerConnection,
    stream: string,
    streamType: string,
    events: { type: string; data: unknown; metadata: unknown }[],
  ): Promise<{ success: boolean }>;
}

interface PeerConnection {
  command(sql: string): Promise<unknown>;
  close(): void;
}

/** The peer from its own folder and lock, outside the workspace; installed on first use. */
function loadPeer(): Peer | undefined {
  if (!existsSync(join(folder, 'node_modules'))) {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const done = spawnSync(npm, ['ci', '--no-audit', '--no-fund'], {
      cwd: folder,
      stdio: 'ignore',
      shell: process.platform === 'win32',
    });
    if (done.status !== 0) return undefined;
  }
  try {
    return createRequire(join(folder, 'package.json'))('@event-driven-io/emmett-sqlite') as Peer;
  } catch {
    return undefined; // its native part does not build here
  }
}

function appendWithPeer(peer: Peer, stream: SampleStream): Promise<Run> {
  return inScratch(async (scratch) => {
    const connection = peer.sqliteConnection({ fileName: join(scratch, 'peer.db') });
    for (const pragma of LOG_PRAGMAS.split(';').filter((line) => line.trim() !== '')) await connection.command(pragma);
    await peer.createEventStoreSchema(connection);
    const latencies: number[] = [];
    const begin = performance.now();
    for (const { type, payload, ...metadata } of stream.envelopes) {
      const start = performance.now();
      const { success } = await peer.appendToStream(connection, stream.name, 'session', [
        { type, data: payload, metadata },
      ]);
      if (!success) throw new Error('The peer refused an append.');
      latencies.push(performance.now() - start);
    }
    const seconds = (performance.now() - begin) / 1000;
    connection.close();
    return { rate: latencies.length / seconds, latencies, count: latencies.length };
  });
}

/** `append-1-peer`: the same content through a well-known event store over SQLite, against the same limit. */
export async function peerRow(events: number): Promise<Row> {
  const peer = loadPeer();
  if (!peer) return absent(NAME, 'events/s');
  const streams = sampleStreams({ streams: 1, events });
  const bare = inTurn(streams.map((stream) => sealStream(stream)));
  return compare(NAME, 'events/s', {
    ours: () => appendWithPeer(peer, streams[0] as SampleStream),
    limit: () => appendBare(bare, 1),
  });
}
