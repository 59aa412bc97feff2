import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeSigningKey, SealedStream, startSigner } from '../contract';
import type { AppendResult, EventStore } from '../event-store';
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

  it('leaves it to the node that was faster, also in a log that is older than both', async () => {
    await write(45, new SealedStream('queue-0'));
    const options = { everyEvents: 10, afterMs: never };
    const nodes = await Promise.all([startSigner(store, privateKey, options), startSigner(store, privateKey, options)]);
    await write(55);
    for (const node of nodes) await node.close(10_000);
    expect(new Set(await sizes()).size).toBe((await sizes()).length);
    expect(await isWhole()).toBe(true);
  });

  type Append = EventStore['append'];

  /** The store of the test, with something else in its place here and there. */
  function storeWith(parts: Partial<EventStore>): EventStore {
    return new Proxy(store, {
      get: (target, name) => {
        const value: unknown = Reflect.get(parts, name) ?? Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  }
  /** The first tries to write a checkpoint end like this; `append` does the others. */
  function failing(times: number, how: () => Promise<AppendResult>): { store: EventStore; tries: () => number } {
    let tries = 0;
    const append: Append = (...given) => (++tries <= times ? how() : store.append(...given));
    return { store: storeWith({ append }), tries: () => tries };
  }
  const unavailable = async (): Promise<AppendResult> => ({ ok: false, code: 'LOG_UNAVAILABLE', reason: 'No answer.' });

  it('tries again when it is unknown whether the last try was written', async () => {
    let signed: () => void = () => undefined;
    const once = new Promise<void>((resolve) => (signed = resolve));
    const broken = failing(1, () => Promise.reject(new Error('The writer has died.')));
    const failures: unknown[] = [];
    const onFailure = (error: unknown): void => void failures.push(error);
    const options = { afterMs: 1, onFailure, onSigned: () => signed() };
    const signer = await startSigner(broken.store, privateKey, options);
    await write(1);
    await once;
    await signer.close(10_000);
    expect(await sizes()).toEqual([1]);
    expect(failures).toEqual([new Error('The writer has died.')]);
  });

  it('signs an old log piece by piece, also when its first piece was refused for long', async () => {
    await write(45);
    let signed: () => void = () => undefined;
    const all = new Promise<void>((resolve) => (signed = resolve));
    const broken = failing(3, unavailable);
    const onSigned = ({ size }: { size: string }): void => void (size === '40' && signed());
    const options = { everyEvents: 10, afterMs: 50, onFailure: () => undefined, onSigned };
    const signer = await startSigner(broken.store, privateKey, options);
    await all;
    await signer.close(10_000);
    expect((await sizes()).slice(0, 4)).toEqual([10, 20, 30, 40]);
    expect(await isWhole()).toBe(true);
  });

  it('ends at once when a piece is refused at its end too', async () => {
    await write(25);
    const broken = failing(Infinity, unavailable);
    const options = { everyEvents: 10, afterMs: never, onFailure: () => undefined };
    const signer = await startSigner(broken.store, privateKey, options);
    await signer.close(never);
    expect(await sizes()).toEqual([]);
    expect(broken.tries()).toBeGreaterThan(0);
  });

  it('goes on behind what another node has signed while its own answer was on its way', async () => {
    let seen: () => void = () => undefined;
    let signed: () => void = () => undefined;
    const results: AppendResult[] = [];
    const append: Append = async (...given) => {
      const result = await store.append(...given);
      if (results.push(result) > 1) return result;
      const isSeen = new Promise<void>((resolve) => (seen = resolve));
      await write(1, stream);
      await (await startSigner(store, privateKey, { afterMs: never })).close(10_000);
      await isSeen;
      return result;
    };
    const subscribeAll: EventStore['subscribeAll'] = (options) => {
      const onEvents: typeof options.onEvents = (events) => {
        const taken = options.onEvents(events);
        if (events.some((event) => event.stream === INTEGRITY_STREAM && event.revision === 1n)) seen();
        return taken;
      };
      return store.subscribeAll({ ...options, onEvents });
    };
    const stream = new SealedStream('queue-1');
    const options = { everyEvents: 100, afterMs: 1, onSigned: () => signed() };
    const signer = await startSigner(storeWith({ append, subscribeAll }), privateKey, options);
    const first = new Promise<void>((resolve) => (signed = resolve));
    await write(1, stream);
    await first;
    const second = new Promise<void>((resolve) => (signed = resolve));
    await write(1, stream);
    await second;
    await signer.close(10_000);
    expect(results.map(({ ok }) => ok)).toEqual([true, true]);
    expect(await sizes()).toEqual([1, 3, 5]);
    expect(await isWhole()).toBe(true);
  });

  it('makes the tree again in a log whose positions are others, and signs nothing twice', async () => {
    const options = { everyEvents: 10, afterMs: never };
    const first = await startSigner(store, privateKey, options);
    const stream = await write(25);
    await first.close(10_000);
    const before = await sizes();
    // As in a copy on another server: nothing stands where the checkpoint says.
    const copied = storeWith({ eventAt: async () => null });
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
    const bodies = ['{', '{"payload":{"checkpoint":null}}', '{"payload":{"checkpoint":{"size":"x"}}}'];

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
