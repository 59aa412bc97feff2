import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SealedStream } from '../contract';
import type { EventStore } from '../event-store';
import { openSqliteEventStore } from './sqlite-event-store';
import type { LogIncident } from './writer-client';

jest.setTimeout(60_000); // bounds a hang, measures nothing

describe('a log whose file, while it is in use,', () => {
  let folder: string;
  let file: string;
  let store: EventStore;
  let told: (incident: LogIncident) => void;
  const stream = new SealedStream('queue-1');
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'deskside-away-'));
    file = join(folder, 'log.db');
    told = () => undefined;
    store = await openSqliteEventStore({ file, onIncident: (incident) => told(incident) });
    stream.continueAfter(-1n, new Uint8Array(32));
    expect(await store.append(stream.name, [stream.seal()], 'any')).toMatchObject({ ok: true });
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  /** Nobody appends anything meanwhile: the thread looks by itself. */
  const toldOf = (kind: LogIncident['kind']): Promise<void> =>
    new Promise((resolve) => (told = (incident) => void (incident.kind === kind && resolve())));

  const losses: [string, (away: string) => void, (away: string) => void][] = [
    ['is renamed', (away) => renameSync(file, away), (away) => renameSync(away, file)],
    [
      'is replaced by a copy of itself',
      (away) => (renameSync(file, away), copyFileSync(away, file)),
      (away) => renameSync(away, file),
    ],
    ['loses its write-ahead log', (away) => renameSync(`${file}-wal`, away), (away) => renameSync(away, `${file}-wal`)],
  ];
  it.each(losses)(
    '%s, takes nothing until the very same file is back, and nothing is lost',
    async (_, take, giveBack) => {
      const away = join(folder, 'away');
      const hindered = toldOf('logHindered');
      take(away);
      await hindered;
      const refused = await store.append(stream.name, [stream.seal()], 'any');
      expect(refused).toMatchObject({ ok: false, code: 'LOG_UNAVAILABLE' });
      expect(store.trouble()).toMatchObject({
        code: 'LOG_UNAVAILABLE',
        sentence: expect.stringContaining('very same file'),
      });
      const free = toldOf('logFree');
      giveBack(away);
      await free;
      const [last] = await store.readStream(stream.name, { direction: 'backwards', maxCount: 1 });
      stream.continueAfter(last?.revision ?? -1n, last?.hash ?? new Uint8Array(32));
      expect(await store.append(stream.name, [stream.seal()], 0n)).toMatchObject({ ok: true, lastRevision: 1n });
    },
  );

  it('is deleted, is not made again', async () => {
    const hindered = toldOf('logHindered');
    rmSync(file);
    await hindered;
    expect(await store.append(stream.name, [stream.seal()], 'any')).toMatchObject({ code: 'LOG_UNAVAILABLE' });
    expect(existsSync(file)).toBe(false);
  });
});
