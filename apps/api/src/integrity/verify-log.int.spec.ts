import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { auditLog, INTEGRITY_STREAM, signState } from '@deskside/event-store';
import type { LogState } from '@deskside/event-store';
import { makeSigningKey, SealedStream } from '@deskside/event-store/contract';
import { openSqliteEventStore } from '@deskside/event-store/sqlite';
import { readSettings } from '../settings/settings';
import { verifyLog } from './verify-log';

const [obeyed, shown] = ['\u001b[2J', '\\u001b[2J'];

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'deskside-verify-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

it('what somebody has written into an acceptance and its key is told in letters that no terminal obeys', async () => {
  const store = await openSqliteEventStore({ file: join(dataDir, 'log.db') });
  const stream = new SealedStream('queue');
  await store.append(stream.name, [stream.seal()], 'noStream');
  const known = { hasRowPositions: true, head: null, elsewhere: null, withContents: true };
  const { state, contents } = await auditLog(store, known);
  const statement = { type: 'LogLossAccepted', newer: null, contents } as const;
  const signed = signState(state as LogState, { siteId: 'site', statement }, makeSigningKey());
  // Base64 is read past what is none.
  const checkpoint = { ...signed, key: `${signed.key}${obeyed}` };
  const payload = { checkpoint, newer: null, contents, losses: [`All is well.${obeyed}`], findings: [] };
  const integrity = new SealedStream('integrity');
  await store.append(INTEGRITY_STREAM, [integrity.seal({ type: 'LogLossAccepted', payload })], 'noStream');
  await store.close();
  const { lines } = await verifyLog(readSettings({ DESKSIDE_DATA_DIR: dataDir }), dataDir, () => undefined);
  expect(lines.join('')).not.toContain('\u001b');
  expect(lines).toContainEqual(expect.stringContaining(`All is well.${shown}`));
  expect(lines).toContainEqual(expect.stringContaining(`${signed.key}${shown}, is true.`));
});
