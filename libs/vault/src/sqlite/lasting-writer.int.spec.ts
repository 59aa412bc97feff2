import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { UnsealedText } from '@deskside/domain';
import type { SealedText } from '@deskside/domain';
import type { StoredSecret, Vault } from '../vault';
import { openSqliteVault } from './sqlite-vault';

jest.setTimeout(60_000); // bounds a hang, measures nothing

const place = { eventId: 'e', path: 'p' };
const now = new Date('2026-01-01T12:00:00.000Z');
const secretOf = (id: string): StoredSecret => ({ kind: 'link', id, owner: 'o', value: id, expiresAt: null });

describe('the thread that writes the vault', () => {
  let folder: string;
  let options: { file: string; masterKeyFile: string };
  let vault: Vault;
  let workers: Set<Worker>;
  let incidents: string[];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'deskside-vault-'));
    options = { file: join(folder, 'vault.db'), masterKeyFile: join(folder, 'master.key') };
    workers = new Set();
    const post = Worker.prototype.postMessage;
    jest.spyOn(Worker.prototype, 'postMessage').mockImplementation(function (this: Worker, ...given) {
      workers.add(this);
      post.apply(this, given as Parameters<Worker['postMessage']>);
    });
    incidents = [];
    vault = await openSqliteVault({ ...options, onIncident: ({ kind }) => void incidents.push(kind) });
  });
  afterEach(async () => {
    await vault.close();
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });
  const newest = (): Worker | undefined => [...workers].at(-1);

  it('says that it is gone while it is, and that it is back, and nothing of its own end', async () => {
    await vault.put(secretOf('a'));
    expect(vault.trouble()).toBeNull();
    await newest()?.terminate();
    while (vault.trouble() === null) await nextTurn();
    expect(await vault.get('link', 'a', now)).not.toBeNull();
    await vault.put(secretOf('b'));
    expect([vault.trouble(), incidents]).toEqual([null, ['vaultWriterLost', 'vaultWriterRestarted']]);
    await vault.close();
    expect(incidents).toHaveLength(2);
    vault = await openSqliteVault(options);
  });

  it('is started again however often it is killed: what was answered is there, what was asked is done', async () => {
    const sealed: SealedText[] = [];
    const seal = async (round: number): Promise<void> => {
      const text = new UnsealedText('Ana', { subject: `customer-${round}`, class: 'content', ownKey: round % 2 === 0 });
      sealed.push((await vault.prepare([text])).seal(text, place));
    };
    for (let round = 0; round < 5; round++) {
      await vault.put(secretOf(`gone-${round}`));
      const work = [
        seal(round),
        vault.put(secretOf(`${round}`)),
        vault.remove('link', `gone-${round}`),
        vault.destroy([{ subject: `customer-x${round}`, class: 'content' }]),
      ];
      // It is sent at the end of this turn, and the thread dies somewhere in its midst.
      await nextTurn();
      await newest()?.terminate();
      await Promise.all(work);
    }
    expect(workers.size).toBe(6);
    for (let round = 0; round < 5; round++) {
      expect(await vault.get('link', `${round}`, now)).not.toBeNull();
      expect(await vault.get('link', `gone-${round}`, now)).toBeNull();
      const dead = new UnsealedText('x', { subject: `customer-x${round}`, class: 'content' });
      await expect(vault.prepare([dead])).rejects.toMatchObject({ code: 'SUBJECT_ERASED' });
    }
    for (const text of sealed) expect(await vault.open(text, place)).toBe('Ana');
    await vault.whenTraceless();
  });

  it('is not killed a third time by the same work, which is refused, and serves the next', async () => {
    await vault.put(secretOf('early'));
    const other = new DatabaseSync(options.file, { timeout: 5000 });
    other.exec('BEGIN IMMEDIATE');
    const lost = vault.put(secretOf('lost'));
    const refused = expect(lost).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' });
    for (const dies of [1, 2]) {
      while (workers.size < dies) await nextTurn();
      await nextTurn();
      await newest()?.terminate();
    }
    await refused;
    other.exec('COMMIT');
    other.close();
    await vault.put(secretOf('late'));
    expect(await vault.get('link', 'lost', now)).toBeNull();
    expect(await vault.get('link', 'late', now)).not.toBeNull();
  });

  it('is not left behind by a close while another one is being started', async () => {
    await vault.put(secretOf('a'));
    const started = new Set<Worker>();
    const once = Worker.prototype.once;
    const another = new Promise<void>((resolve) =>
      jest.spyOn(Worker.prototype, 'once').mockImplementation(function (this: Worker, ...given) {
        if (!workers.has(this)) resolve(void started.add(this));
        return once.apply(this, given as Parameters<Worker['once']>);
      }),
    );
    await newest()?.terminate();
    await another;
    await vault.close();
    // What a thread is called that has ended.
    expect([...started].map(({ threadId }) => threadId)).toEqual([-1]);
    vault = await openSqliteVault(options);
    expect(await vault.get('link', 'a', now)).not.toBeNull();
  });

  it('is given up for each request, but not for good, while it cannot be started', async () => {
    await vault.put(secretOf('early'));
    renameSync(options.file, join(folder, 'away'));
    // A folder of that name cannot be opened as a file.
    mkdirSync(options.file);
    const lost = vault.put(secretOf('lost'));
    await nextTurn();
    await Promise.all([newest()?.terminate(), lost.catch(() => undefined)]);
    await expect(vault.put(secretOf('lost'))).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' });
    rmSync(options.file, { recursive: true });
    renameSync(join(folder, 'away'), options.file);
    for (let isDone = false; !isDone;)
      isDone = await vault.put(secretOf('late')).then(
        () => true,
        () => false,
      );
    expect(await vault.get('link', 'late', now)).not.toBeNull();
    expect(await vault.get('link', 'early', now)).not.toBeNull();
  });
});
