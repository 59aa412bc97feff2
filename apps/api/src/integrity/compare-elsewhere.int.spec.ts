import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { auditLog, INTEGRITY_STREAM, publicKeyOf, signState } from '@deskside/event-store';
import type { EventStore, LogState } from '@deskside/event-store';
import { makeSigningKey, SealedStream } from '@deskside/event-store/contract';
import { openSqliteEventStore } from '@deskside/event-store/sqlite';
import { lackOf } from './compare-elsewhere';

let folder: string;
let store: EventStore;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deskside-compare-'));
  store = await openSqliteEventStore({ file: join(folder, 'log.db') });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

it('what a log lacks is excused by a restore that the site has signed, and by nobody else', async () => {
  const [site, stranger] = [makeSigningKey(), makeSigningKey()];
  const stream = new SealedStream('queue');
  await store.append(stream.name, [stream.seal()], 'noStream');
  const { state } = await auditLog(store, { hasRowPositions: true, head: null, elsewhere: null });
  const newer = { size: '9', root: 'AAAA', signedAt: '2026-01-01T00:00:00.000Z' };
  const statement = { type: 'LogRestored', newer, contents: null } as const;
  const checkpoint = signState(state as LogState, { siteId: 'site', statement }, stranger);
  const integrity = new SealedStream('integrity');
  const restored = integrity.seal({ type: 'LogRestored', payload: { checkpoint, newer } });
  await store.append(INTEGRITY_STREAM, [restored], 'noStream');
  const elsewhere = { checkpoint: { ...checkpoint, ...newer }, signedAt: newer.signedAt };
  expect(await lackOf(store, elsewhere, publicKeyOf(site))).toContain('of which 9 events were signed');
  expect(await lackOf(store, elsewhere, publicKeyOf(stranger))).toBeNull();
  // No terminal obeys what stands in that file.
  const written = { ...elsewhere, signedAt: '\u001b[2J' };
  expect(await lackOf(store, written, publicKeyOf(site))).toContain('were signed on \\u001b[2J,');
});
