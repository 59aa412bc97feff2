import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { UnsealedText } from '@deskside/domain';
import { siteOfVault } from './found-vault';
import { openSqliteVault } from './sqlite-vault';
import { openSqliteVaultReader } from './sqlite-vault-reader';
import { VAULT_PRAGMAS, VAULT_SCHEMA } from './vault-schema';

const site = { id: 'site-1', isBegun: true };
const filesIn = (folder: string) => ({ file: join(folder, 'vault.db'), masterKeyFile: join(folder, 'master.key') });

/** Names and bytes. */
function contentOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const path = join(folder, name);
      return lstatSync(path).isFile() ? `${name} ${readFileSync(path).toString('base64')}` : `${name} is no file`;
    });
}

async function makeVault(folder: string, siteId: string): Promise<void> {
  mkdirSync(folder);
  const vault = await openSqliteVault({ ...filesIn(folder), site: { id: siteId, isBegun: false } });
  await vault.siteBegun();
  for (let customer = 0; customer < 40; customer++)
    await vault.prepare([new UnsealedText('x', { subject: `customer-${customer}`, class: 'content' })]);
  await vault.close();
}

function inDatabase(file: string, sql: string): void {
  const db = new DatabaseSync(file);
  db.exec(sql);
  db.close();
}

const root = mkdtempSync(join(tmpdir(), 'deskside-lost-vault-'));
const [ours, theirs] = [join(root, 'ours'), join(root, 'theirs')];
let folder: string;
let files: ReturnType<typeof filesIn>;
let folders = 0;
beforeAll(async () => {
  await makeVault(ours, 'site-1');
  await makeVault(theirs, 'site-2');
});
beforeEach(() => {
  folder = join(root, `${(folders += 1)}`);
  cpSync(ours, folder, { recursive: true });
  files = filesIn(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(() => rmSync(root, { recursive: true }));

const remove = (name: string) => (): void => rmSync(join(folder, name));
const write = (name: string, bytes: string | Uint8Array) => (): void => writeFileSync(join(folder, name), bytes);
const asFolder = (name: string) => (): void => {
  rmSync(join(folder, name));
  mkdirSync(join(folder, name));
};
const fromOther = (name: string) => (): void => cpSync(join(theirs, name), join(folder, name));
const zeroPage = (page: number) => (): void => {
  const bytes = readFileSync(files.file);
  writeFileSync(files.file, bytes.fill(0, (page - 1) * 4096, page * 4096));
};
const sql = (statements: string) => (): void => inDatabase(files.file, statements);
const newDatabase = (statements: string) => (): void => {
  rmSync(files.file);
  inDatabase(files.file, statements);
};
const all =
  (...losses: (() => void)[]) =>
  (): void =>
    losses.forEach((lose) => lose());

const losses: readonly [string, () => void, string, RegExp][] = [
  ['no vault', remove('vault.db'), 'VAULT_MISSING', /vault\.db is missing or empty.*restore vault\.db/],
  ['no vault and no key', all(remove('vault.db'), remove('master.key')), 'VAULT_MISSING', /is missing or empty/],
  ['a vault of no bytes', write('vault.db', ''), 'VAULT_MISSING', /is missing or empty/],
  ['garbage for a vault', write('vault.db', 'garbage'.repeat(999)), 'VAULT_UNREADABLE', /is not a database/],
  ['a short piece of garbage', write('vault.db', 'x'), 'VAULT_UNREADABLE', /is not a database/],
  ['a folder for a vault', asFolder('vault.db'), 'VAULT_UNREADABLE', /is a folder where a file is needed/],
  ['a database without tables', newDatabase('PRAGMA journal_mode = WAL'), 'VAULT_EMPTY', /has no keys.*restore/],
  ['another database', newDatabase('CREATE TABLE orders (id)'), 'VAULT_UNREADABLE', /is no vault/],
  ['a vault that was not finished', newDatabase(VAULT_PRAGMAS + VAULT_SCHEMA), 'VAULT_EMPTY', /has no keys/],
  [
    'an older vault without a key',
    sql(`DELETE FROM meta WHERE name LIKE 'site%'; DELETE FROM owner`),
    'VAULT_EMPTY',
    /has no keys/,
  ],
  ['a vault of another site', fromOther('vault.db'), 'VAULT_OF_ANOTHER_SITE', /belong to different sites: restore/],
  ['a vault cut off', () => truncateSync(files.file, 8192), 'VAULT_UNREADABLE', /is malformed/],
  ['a vault cut off in its first page', () => truncateSync(files.file, 50), 'VAULT_UNREADABLE', /vault\.db cannot be/],
  [
    'a vault that keeps what is overwritten',
    sql(
      `CREATE TABLE kept (wrapped); CREATE TRIGGER t AFTER UPDATE ON key BEGIN INSERT INTO kept VALUES (OLD.wrapped); END`,
    ),
    'VAULT_UNREADABLE',
    /is damaged \(it contains what is not its own, table kept\): restore it/,
  ],
  ['a first page of zeros', zeroPage(1), 'VAULT_UNREADABLE', /is not a database/],
  ...[3, 5, 8].map((page): [string, () => void, string, RegExp] => [
    `page ${page} of zeros`,
    zeroPage(page),
    'VAULT_UNREADABLE',
    /is damaged|is malformed/,
  ]),
  ['no master key', remove('master.key'), 'MASTER_KEY_WRONG', /master\.key is missing: restore/],
  ['an empty master key', write('master.key', '\n'), 'MASTER_KEY_WRONG', /is empty: restore/],
  ['a master key that is too short', write('master.key', 'short'), 'MASTER_KEY_WRONG', /not hold a key of 32 bytes/],
  ['a folder for a master key', asFolder('master.key'), 'MASTER_KEY_WRONG', /is a folder: restore/],
  ['the master key of another vault', fromOther('master.key'), 'MASTER_KEY_WRONG', /is not the one of the vault/],
  ['a master key for all', () => chmodSync(files.masterKeyFile, 0o644), 'MASTER_KEY_UNSAFE', /chmod 600/],
  [
    'a master key that is a link to nowhere',
    all(remove('master.key'), () => symlinkSync(join(root, 'nowhere'), files.masterKeyFile)),
    'MASTER_KEY_WRONG',
    /is missing/,
  ],
];

describe('a site that has begun, with', () => {
  it.each(losses)('%s: is refused in one sentence, and nothing is made or changed', async (_, lose, code, sentence) => {
    lose();
    const before = contentOf(folder);
    await expect(openSqliteVault({ ...files, site })).rejects.toMatchObject({
      ...{ code, message: expect.stringMatching(sentence) },
    });
    expect(contentOf(folder)).toEqual(before);
  });

  it('its vault left behind by a kill opens, and belongs to it', async () => {
    const db = new DatabaseSync(files.file);
    db.exec(`UPDATE meta SET value = 'site-9' WHERE name = 'site'`);
    const copy = join(root, 'killed');
    cpSync(folder, copy, { recursive: true });
    db.close();
    expect(await siteOfVault(join(copy, 'vault.db'))).toMatchObject({ siteId: 'site-9', isBegun: true });
    await (await openSqliteVault({ ...filesIn(copy), site: { id: 'site-9', isBegun: true } })).close();
    rmSync(copy, { recursive: true });
  });

  it('a vault of an older version becomes its own', async () => {
    inDatabase(files.file, `DELETE FROM meta WHERE name LIKE 'site%'`);
    expect(await siteOfVault(files.file)).toMatchObject({ siteId: null, isBegun: true });
    await (await openSqliteVault({ ...files, site })).close();
    expect(await siteOfVault(files.file)).toMatchObject({ siteId: 'site-1', isBegun: true });
    const other = openSqliteVault({ ...files, site: { ...site, id: 'site-2' } });
    await expect(other).rejects.toMatchObject({ code: 'VAULT_OF_ANOTHER_SITE' });
  });
});

describe('a site that is new', () => {
  const newSite = { id: 'site-3', isBegun: false };
  const empty = (): void => {
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
  };

  it('has no vault until one is opened for it, which is its own from then on and begun when it is told so', async () => {
    empty();
    expect(await siteOfVault(files.file)).toEqual({ siteId: null, isBegun: false });
    expect(readdirSync(folder)).toEqual([]);
    for (const open of [1, 2]) {
      const vault = await openSqliteVault({ ...files, site: newSite });
      if (open === 2) await vault.siteBegun();
      await vault.close();
      expect(await siteOfVault(files.file)).toMatchObject({ siteId: 'site-3', isBegun: open === 2 });
    }
    expect(readdirSync(folder).sort()).toEqual(['master.key', 'vault.db']);
  });

  it.each([
    ['its vault had a byte', ''],
    ['it had a table', 'PRAGMA journal_mode = WAL'],
    [
      'it had all of them',
      `PRAGMA journal_mode = WAL; CREATE TABLE owner (id INTEGER PRIMARY KEY, subject TEXT NOT NULL, class TEXT NOT NULL, erased INTEGER NOT NULL DEFAULT 0, UNIQUE (subject, class)) STRICT`,
    ],
    ['it knew its key', VAULT_PRAGMAS + VAULT_SCHEMA],
  ])('and was killed before %s begins all the same', async (_, made) => {
    rmSync(files.file);
    if (made === '') writeFileSync(files.file, '');
    else inDatabase(files.file, made);
    const vault = await openSqliteVault({ ...files, site: newSite });
    await vault.prepare([new UnsealedText('x', { subject: 'customer-1', class: 'content' })]);
    await vault.close();
    expect(await siteOfVault(files.file)).toMatchObject({ siteId: 'site-3', isBegun: false });
  });

  it('and was killed while its master key was made gets a whole one', async () => {
    empty();
    writeFileSync(`${files.masterKeyFile}.new`, 'hal');
    await (await openSqliteVault({ ...files, site: newSite })).close();
    expect(readdirSync(folder).sort()).toEqual(['master.key', 'vault.db']);
  });
});

it('a reader makes no master key where there is no vault', async () => {
  rmSync(files.file);
  rmSync(files.masterKeyFile);
  await expect(openSqliteVaultReader(files)).rejects.toMatchObject({ code: 'MASTER_KEY_WRONG' });
  expect(readdirSync(folder)).toEqual([]);
});
