import { hash } from 'node:crypto';
import { cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { KurrentDbDouble } from '@deskside/event-store/kurrentdb/double';
import { openSqliteEventStore } from '@deskside/event-store/sqlite';
import { systemClock } from '../../src/clock/clock';
import { Limits } from '../../src/limits/limits';
import { Log } from '../../src/log/logger';
import { nodeStops, openNode } from '../../src/node/deskside-node';
import { sentenceFor } from '../../src/node/sentence-for';
import { stopInOrder } from '../../src/node/stop-in-order';
import { ApiUnderTest } from '../support/api-under-test';
import { dataFolders, settingsOf } from '../support/data-folders';
import { newId } from '../support/people';
import { until } from '../support/until';

const { root, fresh } = dataFolders();
const [ours, theirs] = [join(root, 'ours'), join(root, 'theirs')];
let folder: string;
beforeAll(async () => {
  for (const dataDir of [ours, theirs]) {
    const api = await ApiUnderTest.start({ dataDir });
    await (await api.firstAdministrator()).startSession();
    await api.stop();
  }
});
beforeEach(() => {
  folder = fresh();
  cpSync(ours, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Everything that lies in it, byte for byte. */
function contentOf(dataDir: string): readonly string[] {
  return readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const path = join(dataDir, name);
      return lstatSync(path).isFile() ? `${name} ${hash('sha256', readFileSync(path))}` : name;
    });
}

interface Opened {
  /** Why it was not opened. */
  readonly refusal: string | null;
  readonly warnings: readonly string[];
}

/** Opens log, vault and read models as a start does, and closes them. */
async function open(more: Readonly<Record<string, string>> = {}): Promise<Opened> {
  const lines: { level: number; reason?: string }[] = [];
  const log = new Log('warn', { write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]) });
  const settings = settingsOf(folder, { DESKSIDE_PORT: '0', DESKSIDE_MEDIA: 'off', ...more });
  const opening = { settings, clock: systemClock, log, limits: new Limits() };
  const refusal = await openNode(opening).then(
    (node) => stopInOrder(nodeStops(node), log).then(() => null),
    (error: unknown) => sentenceFor(error),
  );
  return { refusal, warnings: lines.map(({ reason }) => reason ?? '') };
}

const at = (name: string): string => join(folder, name);
const remove =
  (...names: string[]) =>
  (): void =>
    names.forEach((name) => rmSync(at(name), { recursive: true }));
const write = (name: string, text: string) => (): void => writeFileSync(at(name), text, { mode: 0o600 });
const asFolder = (name: string) => (): void => {
  rmSync(at(name), { recursive: true });
  mkdirSync(at(name));
};
const fromOther = (name: string) => (): void => cpSync(join(theirs, name), at(name));
const stoodAt = (log: string): void => {
  const known = JSON.parse(readFileSync(at('log-of-site.json'), 'utf8')) as object;
  write('log-of-site.json', JSON.stringify({ ...known, log }))();
};
const emptyLog = async (): Promise<void> => {
  rmSync(at('log.db'));
  await (await openSqliteEventStore({ file: at('log.db') })).close();
};

const losses: readonly [string, () => unknown, RegExp][] = [
  ['no vault', remove('vault.db'), /vault\.db is missing or empty.*: restore vault\.db and its master key/],
  ['neither vault nor key', remove('vault.db', 'master.key'), /vault\.db is missing or empty/],
  ['nothing but the log', remove('vault.db', 'master.key', 'log-of-site.json'), /vault\.db is missing or empty/],
  ['a vault of no bytes', write('vault.db', ''), /vault\.db is missing or empty/],
  ['garbage for a vault', write('vault.db', 'garbage'.repeat(500)), /vault\.db cannot be used: .*not a database/],
  ['a folder for a vault', asFolder('vault.db'), /vault\.db is a folder where a file is needed/],
  ['the vault of another site', fromOther('vault.db'), /log\.db belongs to another site than the keys/],
  ['no master key', remove('master.key'), /master\.key is missing: restore/],
  ['an empty master key', write('master.key', ''), /master\.key is empty: restore/],
  ['the master key of another site', fromOther('master.key'), /master\.key is not the one of the vault/],
  ['no log', remove('log.db'), /log\.db is missing or empty.*: restore log\.db.*DESKSIDE_LOG/],
  ['no log, nor where it was', remove('log.db', 'log-of-site.json'), /log\.db is missing or empty/],
  [
    'neither log nor vault',
    remove('log.db', 'vault.db'),
    /log\.db is missing or empty.*with vault\.db and its master key/,
  ],
  ['a log of no bytes', write('log.db', ''), /log\.db is missing or empty/],
  ['a log without an event', emptyLog, /log\.db is missing or empty/],
  ['a folder for a log', asFolder('log.db'), /log\.db is a folder where a file is needed/],
  ['the log of another site', fromOther('log.db'), /log\.db belongs to another site than the keys/],
  ['a folder for the lock of the log', asFolder('log.db-lock'), /log\.db-lock is a folder where a file is needed/],
  ['a folder for the socket', () => mkdirSync(at('control.sock')), /control\.sock is a folder where a file is needed/],
  [
    'a file for the read models',
    () => (remove('read-models')(), write('read-models', '')()),
    /where a folder is needed/,
  ],
];

describe('a start with', () => {
  it.each(losses)('%s is refused in a sentence and changes nothing', async (_, lose, sentence) => {
    await lose();
    const before = contentOf(folder);
    const { refusal } = await open();
    expect(refusal).toMatch(sentence);
    expect(refusal).toMatch(/^[^\n]+$/);
    expect(contentOf(folder)).toEqual(before);
  });

  it('a master key elsewhere that is not there makes none', async () => {
    const elsewhere = join(folder, 'mounted', 'outer.key');
    const before = contentOf(folder);
    const { refusal } = await open({ DESKSIDE_MASTER_KEY_FILE: elsewhere });
    expect(refusal).toMatch(`The master key ${elsewhere} is missing`);
    expect(contentOf(folder)).toEqual(before);
  });

  it('a folder that nobody may write is refused by its name', async () => {
    const { refusal } = await open({ DESKSIDE_DATA_DIR: '/proc/sys' });
    expect(refusal).toMatch(/^The server may not use \/proc\/sys\./);
  });

  const known = (): unknown => JSON.parse(readFileSync(at('log-of-site.json'), 'utf8'));

  it('small files that are damaged names each, keeps it and goes on', async () => {
    const before = known();
    write('log-of-site.json', '')();
    write('read-models/paused.json', '["sessions"')();
    const { refusal, warnings } = await open();
    expect(refusal).toBeNull();
    expect(warnings).toEqual([
      `${at('log-of-site.json')} is empty: it is made anew, and what was there is ${at('log-of-site.json')}-damaged now.`,
      expect.stringMatching(/paused\.json is damaged: it is made anew/),
    ]);
    expect(known()).toEqual(before);
    expect(readFileSync(at('read-models/paused.json-damaged'), 'utf8')).toBe('["sessions"');
    expect(await open()).toEqual({ refusal: null, warnings: [] });
  });

  it('no file that names the head of a log that was signed names it and goes on', async () => {
    remove('log.db-head')();
    expect(await open()).toEqual({
      refusal: null,
      warnings: [
        expect.stringMatching(/^\S+log\.db-head is missing: whether the end of the log was cut off cannot be told\./),
      ],
    });
  });

  it.each([
    ['no word of where the log was', remove('log-of-site.json')],
    ['such a word of another site', fromOther('log-of-site.json')],
  ])('%s asks the vault and goes on', async (_, lose) => {
    const before = known();
    lose();
    expect(await open()).toEqual({ refusal: null, warnings: [] });
    expect(known()).toEqual(before);
    expect(readdirSync(folder)).toEqual(readdirSync(ours));
  });

  it.each([
    ['first event', `SELECT min(position) FROM event`, '{'],
    ['first event', `SELECT min(position) FROM event`, '{}'],
    [
      'newest checkpoint',
      `SELECT max(position) FROM event WHERE stream = (SELECT id FROM stream WHERE name = 'integrity')`,
      '{',
    ],
  ])('a log whose %s is damaged can be looked at', async (_, position, body) => {
    const db = new DatabaseSync(at('log.db'));
    db.exec(`UPDATE event SET body = '${body}' WHERE position = (${position})`);
    db.close();
    const before = known();
    expect((await open()).refusal).toBeNull();
    expect(known()).toEqual(before);
  });
});

describe('a log on a server', () => {
  let double: KurrentDbDouble;
  let site: string;
  beforeAll(async () => {
    double = await KurrentDbDouble.start();
    site = join(root, 'on-server');
    const api = await ApiUnderTest.start({ dataDir: site, settings: { DESKSIDE_LOG: double.connectionString } });
    await api.stop();
  });
  afterAll(() => double.close());
  beforeEach(() => {
    rmSync(folder, { recursive: true });
    cpSync(site, folder, { recursive: true });
  });
  const openThere = (): Promise<Opened> => open({ DESKSIDE_LOG: double.connectionString });

  it.each([
    ['no vault', remove('vault.db'), /vault\.db is missing or empty/],
    ['no master key', remove('master.key'), /master\.key is missing/],
    [
      'neither vault nor word of where the log was',
      remove('vault.db', 'log-of-site.json'),
      /whose keys are not in this/,
    ],
    ['the vault of another site', fromOther('vault.db'), /belongs to another site than this data folder/],
    [
      'the vault of another site and word of another log',
      () => (fromOther('vault.db')(), stoodAt('db0.example.com:2113')),
      /belongs to another site than this data folder/,
    ],
  ])('beside %s is refused and changes nothing', async (_, lose, sentence) => {
    lose();
    const before = contentOf(folder);
    expect((await openThere()).refusal).toMatch(sentence);
    expect(contentOf(folder)).toEqual(before);
  });

  it('is not measured by what was noted of the one before it', async () => {
    const noted = readFileSync(at('log-head'), 'utf8');
    stoodAt('db0.example.com:2113');
    write('log-head', JSON.stringify({ position: '77/77', hash: 'ab'.repeat(32) }))();
    write('log-verified', '77/77')();
    expect(await openThere()).toEqual({ refusal: null, warnings: [] });
    expect(JSON.parse(readFileSync(at('log-head'), 'utf8'))).toEqual(JSON.parse(noted));
  });

  it('is known by the vault when where it was, and how far it was checked, is lost', async () => {
    remove('log-of-site.json')();
    write('log-verified', 'garbage')();
    const { refusal, warnings } = await openThere();
    expect(refusal).toBeNull();
    expect(warnings).toEqual([expect.stringMatching(/log-verified is damaged: it is made anew/)]);
    expect(readFileSync(at('log-of-site.json'), 'utf8')).toBe(readFileSync(join(site, 'log-of-site.json'), 'utf8'));
  });
});

it('a vault that is taken away while the server runs takes nothing, is told, and works again when it is back', async () => {
  rmSync(folder, { recursive: true });
  const api = await ApiUnderTest.start({ dataDir: folder });
  const administrator = await api.firstAdministrator();
  const { accountId } = administrator;
  const link = async (): Promise<string> =>
    (await administrator.ask('issueAccountLink', { commandId: newId(), accountId })).code;
  const isReady = async (): Promise<boolean> => (await fetch(`${api.url}/health/ready`)).status === 200;
  await until('it is ready', isReady);
  renameSync(at('vault.db'), at('elsewhere'));
  expect(await link()).toBe('NOT_YET');
  expect(await isReady()).toBe(false);
  expect(api.node.vault.trouble()).toMatch(/vault\.db is gone; nothing is written until the very same file is back/);
  expect(readdirSync(folder)).not.toContain('vault.db');
  renameSync(at('elsewhere'), at('vault.db'));
  await until('it is ready again', isReady);
  expect(await link()).toBe('ok');
  await api.stop();
});
