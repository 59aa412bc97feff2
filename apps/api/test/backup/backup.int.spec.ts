import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { backUp } from '../../src/backup/back-up';
import { restore } from '../../src/backup/restore';
import { runCommand } from '../support/api-process';
import { ApiUnderTest } from '../support/api-under-test';
import { dataFolders, settingsOf, startAgain } from '../support/data-folders';
import { noLimits } from '../support/no-limits';
import type { FeedEvent, Staff } from '../support/people';
import { until } from '../support/until';

jest.setTimeout(120_000); // bounds a hang, measures nothing

const { root, fresh: newDataDir } = dataFolders();
const backup = join(root, 'backup');
let origin: string;
let administrator: Staff;
let sessionId: string;
let linesBefore: number;
let headBefore: string;

const unknown =
  'No second place is set (DESKSIDE_SECOND_PLACE): what was erased after this backup was made cannot be known and is readable again. Erase it once more.';

beforeAll(async () => {
  origin = newDataDir();
  const api = await ApiUnderTest.start({ dataDir: origin, limits: noLimits });
  administrator = await api.firstAdministrator();
  const session = await administrator.startSession({ subject: 'Before' });
  sessionId = session.sessionId;
  await api.customer().join(session.number, 'Ana');
  let said = 0;
  let isDone = false;
  const talk = (async () => {
    for (; !isDone; said++) await administrator.say(sessionId, `line ${said}`);
  })();
  await until('something was said', () => said >= 20);
  [linesBefore, headBefore] = [said, (await api.node.store.head()) ?? ''];
  const made = await runCommand(['backup', '--to', backup], { dataDir: origin });
  isDone = true;
  await talk;
  await api.stop();
  expect(said).toBeGreaterThan(linesBefore);
  expect(made).toMatchObject({
    code: 0,
    stdout: `Backed up to ${backup}. Whoever has this folder can read everything in it.\n`,
    stderr: expect.stringMatching(/^(\d+ % of \d+ MB copied\n)*(\d+ % of \d+ events checked\n)*$/),
  });
});

describe('a backup', () => {
  it('made while people write is whole, and goes on in another folder', async () => {
    expect(readdirSync(backup).sort()).toEqual(['backup.json', 'log.db', 'log.db-head', 'master.key', 'vault.db']);
    for (const file of readdirSync(backup)) expect(lstatSync(join(backup, file)).mode & 0o077).toBe(0);
    const fresh = newDataDir();
    expect(await runCommand(['restore', '--from', backup], { dataDir: fresh })).toEqual({
      code: 0,
      stdout: `${unknown}\nRestored into ${fresh}. Start Deskside to use it.\n`,
      stderr: '',
    });
    expect(readdirSync(fresh).sort()).toEqual(['log.db', 'log.db-head', 'master.key', 'vault.db']);
    for (const file of readdirSync(fresh)) expect(lstatSync(join(fresh, file)).mode & 0o077).toBe(0);
    const restored = await startAgain(administrator, { dataDir: fresh });
    const { events, chain } = await administrator.do<{ events: FeedEvent[]; chain: object }>('sessionHistory', {
      sessionId,
    });
    const texts = events.map(({ payload }) => payload['text']).filter((text) => typeof text === 'string');
    expect(texts.length).toBeGreaterThanOrEqual(linesBefore);
    expect(texts).toEqual(Array.from(texts, (_, n) => `line ${n}`));
    expect(chain).toMatchObject({ status: 'unbroken' });
    expect(JSON.stringify(events)).toContain('Ana');
    await administrator.say(sessionId, 'It goes on');
    await restored.stop();
  });

  it('of which the end was cut off since is not whole', async () => {
    const cut = join(root, 'cut');
    cpSync(backup, cut, { recursive: true });
    forgetLast(join(cut, 'log.db'));
    const verified = await runCommand(['verify', '--from', cut], { dataDir: origin });
    expect(verified).toMatchObject({ code: 1, stdout: expect.stringMatching(/The log ends at position \d+, but /) });
    expect(await runCommand(['verify', '--from', backup], { dataDir: origin })).toMatchObject({ code: 0 });
  });

  it('says which state of which site it is', () => {
    const about: unknown = JSON.parse(readFileSync(join(backup, 'backup.json'), 'utf8'));
    const siteId = (JSON.parse(readFileSync(join(origin, 'log-of-site.json'), 'utf8')) as { siteId: string }).siteId;
    expect(about).toMatchObject({ format: 1, siteId, version: '0.1.0' });
    const { events, head } = about as { events: number; head: { position: string; hash: string } };
    expect(BigInt(head.position)).toBeGreaterThanOrEqual(BigInt(headBefore));
    expect(head.position).toBe(String(events));
    const log = new DatabaseSync(join(origin, 'log.db'), { readOnly: true });
    const row = log.prepare('SELECT lower(hex(hash)) AS hash FROM event WHERE position = ?').get(events);
    log.close();
    expect(row?.['hash']).toBe(head.hash);
  });

  it('goes into an empty folder only', async () => {
    const dataDir = newDataDir();
    await expect(backUp(settingsOf(dataDir), join(root, 'x'))).rejects.toThrow(`There is no log in ${dataDir}.`);
    const sentence = `${backup} is not empty; a backup wants a folder of its own.`;
    await expect(backUp(settingsOf(origin), backup)).rejects.toThrow(sentence);
  });

  it('is no faster than it is told to be, and tells how far it is', async () => {
    const [log, to] = [join(newDataDir(), 'log.db'), join(root, 'slow')];
    mkdirSync(join(log, '..'));
    cpSync(origin, join(log, '..'), { recursive: true });
    const db = new DatabaseSync(log);
    db.exec('CREATE TABLE ballast (bytes BLOB); INSERT INTO ballast VALUES (randomblob(4000000))');
    db.close();
    const told: number[] = [];
    const begun = performance.now();
    const onProgress = (copied: number, total: number): void => void told.push(copied / total);
    await backUp(settingsOf(join(log, '..')), to, { bytesPerSecond: 10_000_000, onProgress });
    // Three of the steps were waited for; how long it takes beyond that is the machine's.
    expect(performance.now() - begun).toBeGreaterThan(300);
    expect(told.length).toBeGreaterThanOrEqual(3);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
  });

  it('is checked when it holds the files of the server no longer, so that these can be tidied up', async () => {
    const [dataDir, to] = [newDataDir(), join(root, 'let go')];
    cpSync(origin, dataDir, { recursive: true });
    const told: (readonly [events: number, total: number])[] = [];
    let tidied: unknown;
    const onChecked = (events: number, total: number): void => {
      told.push([events, total]);
      const log = new DatabaseSync(join(dataDir, 'log.db'), { timeout: 0 });
      log.exec(`INSERT OR REPLACE INTO meta VALUES ('verified', '1')`);
      tidied = log.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
      log.close();
    };
    expect(await backUp(settingsOf(dataDir), to, { onChecked })).toEqual({ status: 'whole' });
    expect(tidied).toMatchObject({ busy: 0 });
    const { events } = JSON.parse(readFileSync(join(to, 'backup.json'), 'utf8')) as { events: number };
    expect(told.at(-1)).toEqual([events, events]);
  });

  it('that could not be checked is a backup all the same', async () => {
    const to = join(root, 'not checked');
    const onChecked = (): never => {
      throw new Error('The log cannot be read. Look at its disk.');
    };
    const log = await backUp(settingsOf(origin), to, { onChecked });
    expect(log).toEqual({ status: 'notChecked', reason: 'The log cannot be read. Look at its disk' });
    expect((await restore(settingsOf(newDataDir()), to)).isWhole).toBe(true);
  });

  it('that cannot be written to its end says so, ends with 1, and is not taken for a whole one', async () => {
    const to = join(root, 'cut-off');
    const under = ['prlimit', '--fsize=65536'] as const;
    const { code, stderr } = await runCommand(['backup', '--to', to], { dataDir: origin, under });
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`^The backup in ${to} is not whole, remove it: .*\\.\n$`));
    expect(existsSync(join(to, 'unfinished-backup'))).toBe(true);
    const sentence = `The backup in ${to} was cut off and is not whole. Take another one.`;
    await expect(restore(settingsOf(newDataDir()), to)).rejects.toThrow(sentence);
  });
});

describe('a restore', () => {
  const spoilt = (name: string, spoil: (folder: string) => void): string => {
    const folder = join(root, name);
    cpSync(backup, folder, { recursive: true });
    spoil(folder);
    return folder;
  };
  const refusals: readonly (readonly [string, (folder: string) => void, RegExp])[] = [
    ['without its vault', (folder) => rmSync(join(folder, 'vault.db')), /is no backup: vault\.db is missing\.$/],
    [
      'with a vault of no bytes',
      (folder) => writeFileSync(join(folder, 'vault.db'), ''),
      /is no backup: vault\.db is empty\.$/,
    ],
    [
      'with a vault without keys',
      (folder) => emptyVault(join(folder, 'vault.db')),
      /^The vault of the backup has no keys\. Nothing was restored\.$/,
    ],
    ['with half a log', (folder) => cutOff(join(folder, 'log.db')), /^The event log .* is cut off: \d+ of \d+ bytes/],
    [
      'with no log',
      (folder) => writeFileSync(join(folder, 'log.db'), 'x'.repeat(9999)),
      /^The event log .* cannot be used/,
    ],
    [
      'with the log of another moment',
      (folder) => forgetLast(join(folder, 'log.db')),
      /backup\.json is of another log/,
    ],
    [
      'with a damaged description',
      (folder) => writeFileSync(join(folder, 'backup.json'), '{'),
      /is damaged, or of a newer/,
    ],
    [
      'with another master key',
      (folder) => writeFileSync(join(folder, 'master.key'), `${Buffer.alloc(32, 7).toString('base64url')}\n`),
      /^The master key of the backup is not the one of its vault\. Nothing was restored\.$/,
    ],
    [
      'that is a folder in use',
      (folder) => writeFileSync(join(folder, 'log.db-wal'), 'x'),
      /is no backup but a data folder/,
    ],
  ];

  it.each(refusals)('of a backup %s is refused, and leaves nothing', async (name, spoil, sentence) => {
    const from = spoilt(name, spoil);
    const dataDir = newDataDir();
    await expect(restore(settingsOf(dataDir), from)).rejects.toThrow(sentence);
    expect(existsSync(dataDir) ? readdirSync(dataDir) : []).toEqual([]);
    expect(readdirSync(backup)).toHaveLength(5);
  });

  it('goes into nothing but an empty folder: not over a log, nor beside the read models of another', async () => {
    const dataDir = newDataDir();
    const again = (): Promise<unknown> => restore(settingsOf(dataDir), backup);
    await again();
    await expect(again()).rejects.toThrow(`${dataDir} holds a log or a vault already. Move it away first; nothing was`);
    for (const file of readdirSync(dataDir)) rmSync(join(dataDir, file));
    writeFileSync(join(dataDir, 'people-and-search.db'), 'names of other people');
    await expect(again()).rejects.toThrow(`${dataDir} is not empty. Move it away first; nothing was changed.`);
    expect(readdirSync(dataDir)).toEqual(['people-and-search.db']);
  });

  it('puts the master key where the settings say, and never over another one', async () => {
    const masterKeyFile = join(root, 'keys', 'deskside.key');
    const more = { DESKSIDE_MASTER_KEY_FILE: masterKeyFile };
    await restore(settingsOf(newDataDir(), more), backup);
    expect(readFileSync(masterKeyFile)).toEqual(readFileSync(join(backup, 'master.key')));
    const dataDir = newDataDir();
    await expect(restore(settingsOf(dataDir, more), backup)).rejects.toThrow(`${masterKeyFile} is there already.`);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('that was cut off leaves a folder on which neither a server starts nor another restore', async () => {
    const dataDir = newDataDir();
    mkdirSync(join(dataDir, 'restoring'), { recursive: true });
    cpSync(join(backup, 'vault.db'), join(dataDir, 'vault.db'));
    const sentence = `A restore into ${dataDir} was cut off. Empty that folder and restore once more.`;
    await expect(ApiUnderTest.start({ dataDir })).rejects.toThrow(sentence);
    await expect(restore(settingsOf(dataDir), backup)).rejects.toThrow(sentence);
    expect(readdirSync(dataDir).sort()).toEqual(['restoring', 'vault.db']);
  });

  it('of a backup that an older version has made has nothing to complain of', async () => {
    const from = spoilt('of before', (folder) => rmSync(join(folder, 'backup.json')));
    expect(await restore(settingsOf(newDataDir()), from)).toEqual({ notes: [unknown], isWhole: true });
    // With losses that were accepted, more events were counted than there were.
    const about = JSON.parse(readFileSync(join(backup, 'backup.json'), 'utf8')) as { events: number };
    writeFileSync(join(from, 'backup.json'), JSON.stringify({ ...about, events: about.events + 1 }));
    expect(await restore(settingsOf(newDataDir()), from)).toEqual({ notes: [unknown], isWhole: true });
  });
});

function cutOff(file: string): void {
  writeFileSync(file, readFileSync(file).subarray(0, -4096));
}

/** As it is while it is being made. */
function emptyVault(file: string): void {
  rmSync(file);
  const db = new DatabaseSync(file);
  db.exec('PRAGMA user_version = 1');
  db.close();
}

function forgetLast(file: string): void {
  const db = new DatabaseSync(file);
  db.exec('DELETE FROM event WHERE position = (SELECT max(position) FROM event)');
  db.close();
}
