import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeSigningKey, SealedStream, startSigner } from '../contract';
import type { EventStore } from '../event-store';
import { openSqliteEventStore } from '../sqlite';
import { auditLog } from './audit-log';
import { INTEGRITY_STREAM } from './checkpoint';
import { readSignedState } from './signed-state';

jest.setTimeout(60_000); // bounds a hang, measures nothing

const privateKey = makeSigningKey();
const never = 3_600_000;

describe('CheckpointSigner', () => {
  let folder: string;
  let file: string;
  let store: EventStore;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'deskside-signer-'));
    file = join(folder, 'log.db');
    store = await openSqliteEventStore({ file });
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  async function write(events: number, stream = new SealedStream('queue-1')): Promise<SealedStream> {
    for (let at = 0; at < events; at++) await store.append(stream.name, [stream.seal()], 'any');
    return stream;
  }
  async function sizes(): Promise<readonly number[]> {
    const events = await store.readStream(INTEGRITY_STREAM);
    return events.map((event) => Number(readSignedState(event)?.checkpoint.size));
  }
  async function isWhole(): Promise<boolean> {
    const { findings } = await auditLog(store, { hasRowPositions: true, head: null, elsewhere: null });
    return findings.length === 0;
  }

  it('signs after so many events, at its end, and nothing where nothing has come since', async () => {
    const signer = await startSigner(store, privateKey, { everyEvents: 10, afterMs: never });
    await write(25);
    await signer.close(10_000);
    expect(await sizes()).toHaveLength(3);
    for (let round = 0; round < 2; round++)
      await (await startSigner(store, privateKey, { everyEvents: 10, afterMs: never })).close(10_000);
    expect(await sizes()).toHaveLength(3);
    expect(await isWhole()).toBe(true);
  });

  it('signs after so much time, and not again for what it has signed itself', async () => {
    let signed: () => void = () => undefined;
    const once = new Promise<void>((resolve) => (signed = resolve));
    const signer = await startSigner(store, privateKey, { afterMs: 1, onSigned: () => signed() });
    await write(1);
    await once;
    await signer.close(10_000);
    expect(await sizes()).toEqual([1]);
  });

  it('leaves it to the node that was faster', async () => {
    const options = { everyEvents: 10, afterMs: never };
    const nodes = await Promise.all([startSigner(store, privateKey, options), startSigner(store, privateKey, options)]);
    await write(55);
    for (const node of nodes) await node.close(10_000);
    expect(new Set(await sizes()).size).toBe((await sizes()).length);
    expect(await isWhole()).toBe(true);
  });

  it('makes the tree again in a log whose positions are others, and signs nothing twice', async () => {
    const options = { everyEvents: 10, afterMs: never };
    const first = await startSigner(store, privateKey, options);
    const stream = await write(25);
    await first.close(10_000);
    const before = await sizes();
    // As in a copy on another server: nothing stands where the checkpoint says.
    const copied = new Proxy(store, {
      get: (target, name) => {
        if (name === 'eventAt') return async () => null;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    const second = await startSigner(copied, privateKey, options);
    await write(5, stream);
    await second.close(10_000);
    const after = await sizes();
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after).toHaveLength(before.length + 1);
    expect(await isWhole()).toBe(true);
    expect(store.integrity().status).not.toBe('damaged');
  });

  it('trusts no log that another key has signed', async () => {
    const signer = await startSigner(store, makeSigningKey(), { afterMs: never });
    await write(3);
    await signer.close(10_000);
    const other = await startSigner(store, privateKey, { afterMs: never });
    expect(store.integrity()).toMatchObject({
      status: 'damaged',
      reason: expect.stringContaining('the key of the site'),
    });
    await other.close(1000);
  });

  describe('in a log whose newest event about the log is damaged', () => {
    const bodies = ['{', '{}', '{"payload":{"checkpoint":null}}', '{"payload":{"checkpoint":{"size":"x"}}}'];

    it.each(bodies)('starts all the same: %s', async (body) => {
      const signer = await startSigner(store, privateKey, { everyEvents: 2, afterMs: never });
      await write(5);
      await signer.close(10_000);
      await store.close();
      const db = new DatabaseSync(file);
      const newest = `SELECT max(position) FROM event WHERE stream = (SELECT id FROM stream WHERE name = 'integrity')`;
      db.prepare(`UPDATE event SET body = ? WHERE position = (${newest})`).run(body);
      db.close();
      store = await openSqliteEventStore({ file, verifyAgain: false });
      await (await startSigner(store, privateKey, { afterMs: never })).close(1000);
      const { findings } = await auditLog(store, { hasRowPositions: true, head: null, elsewhere: null });
      expect(findings).toContainEqual(expect.objectContaining({ kind: 'changed', stream: INTEGRITY_STREAM }));
    });

    it.each(bodies)('passes by it and signs behind it: %s', async (body) => {
      let signed: () => void = () => undefined;
      const once = new Promise<void>((resolve) => (signed = resolve));
      const signer = await startSigner(store, privateKey, { everyEvents: 5, afterMs: never, onSigned: () => signed() });
      const sealed = new SealedStream(INTEGRITY_STREAM).seal({ type: 'LogCheckpointSigned' });
      await store.append(INTEGRITY_STREAM, [{ ...sealed, body }], 'noStream');
      await write(5);
      await once;
      expect(await store.readStream(INTEGRITY_STREAM)).toHaveLength(2);
      await signer.close(10_000);
    });
  });
});
