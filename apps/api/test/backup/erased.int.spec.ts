import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readEnvelope } from '@deskside/event-store';
import { openSqliteLogReader } from '@deskside/event-store/sqlite';
import { openSqliteVault, openSqliteVaultReader } from '@deskside/vault/sqlite';
import { openPayload } from '@deskside/vault';
import type { ErasureMark } from '@deskside/vault';
import { backUp } from '../../src/backup/back-up';
import { restore } from '../../src/backup/restore';
import { serve } from '../../src/node/serve';
import { ApiUnderTest } from '../support/api-under-test';
import { dataFolders, settingsOf, startAgain } from '../support/data-folders';
import { noLimits } from '../support/no-limits';
import { newId } from '../support/people';
import type { Customer, Staff } from '../support/people';
import { searchFolder } from '../support/search-bytes';
import { until } from '../support/until';

jest.setTimeout(120_000); // bounds a hang, measures nothing

const { fresh } = dataFolders();

let [dataDir, secondPlace] = ['', ''];
let api: ApiUnderTest;
let administrator: Staff;
/** A site with its first administrator signed in. */
const begun = fresh('begun');
beforeAll(async () => {
  const first = await ApiUnderTest.start({ dataDir: begun });
  administrator = await first.firstAdministrator();
  await first.stop();
});
beforeEach(() => {
  [dataDir, secondPlace] = [fresh('data'), fresh('second')];
  cpSync(begun, dataDir, { recursive: true });
  mkdirSync(secondPlace);
});
afterEach(() => api?.stop());

const withPlace = (): Record<string, string> => ({ DESKSIDE_SECOND_PLACE: secondPlace });

async function start(settings: Record<string, string> = {}): Promise<void> {
  api = await startAgain(administrator, { dataDir, settings, limits: noLimits });
}

interface Talk {
  readonly sessionId: string;
  readonly customer: Customer;
  readonly messageId: string;
}

async function talk(name: string, text: string): Promise<Talk> {
  const { sessionId, number } = await administrator.startSession();
  const customer = await api.customer().join(number, name);
  return { sessionId, customer, messageId: await customer.say(text) };
}

const takeBack = ({ customer, messageId }: Talk): Promise<unknown> =>
  customer.do('takeBackChatMessage', { commandId: newId(), messageId });

async function erase({ sessionId }: Talk): Promise<void> {
  await administrator.do('endSession', { commandId: newId(), sessionId });
  const { customerIds } = await administrator.do<{ customerIds: string[] }>('sessionHistory', { sessionId });
  await administrator.do('erasePersonalData', { commandId: newId(), customerId: customerIds[0] });
}

async function read({ sessionId }: Talk): Promise<string> {
  const { events } = await administrator.do<{ events: unknown[] }>('sessionHistory', { sessionId });
  return JSON.stringify(events);
}

/** The session's wrapped keys that are not destroyed in a vault. */
function keysOf({ sessionId }: Talk, vault = join(dataDir, 'vault.db')): Record<string, Uint8Array> {
  const db = new DatabaseSync(vault, { readOnly: true });
  const rows = db
    .prepare(
      `SELECT key.id AS id, wrapped FROM key JOIN key_place ON key_place.key = key.id JOIN owner ON owner.id = key_place.owner
       WHERE wrapped != zeroblob(60) AND subject = ?`,
    )
    .all(`supportSession-${sessionId}`) as unknown as { id: number; wrapped: Uint8Array }[];
  db.close();
  return Object.fromEntries(rows.map(({ id, wrapped }) => [`key ${id}`, wrapped.subarray(12, 28)]));
}

async function backedUp(): Promise<string> {
  const to = fresh('backup');
  await backUp(settingsOf(dataDir), to);
  return to;
}

/** Ends the server and goes on with this backup in a folder of its own. */
async function goOnWith(backup: string, settings: Record<string, string> = {}): Promise<readonly string[]> {
  await api.stop();
  dataDir = fresh('data');
  const { notes } = await restore(settingsOf(dataDir, settings), backup);
  await start(settings);
  return notes;
}

const listed = (): string => {
  const [site = ''] = readdirSync(secondPlace);
  const file = join(secondPlace, site, 'erased-keys.jsonl');
  return site !== '' && existsSync(file) ? readFileSync(file, 'utf8') : '';
};
const ready = async (): Promise<{ status: number; body: { secondPlace: string } }> => {
  const answer = await fetch(`${api.url}/health/ready`);
  return { status: answer.status, body: (await answer.json()) as { secondPlace: string } };
};

describe('what is taken back after a restore', () => {
  it('is gone, though the vault of the backup was copied later than its log', async () => {
    await start();
    const [one, two] = [await talk('Ana', 'Quince one'), await talk('Bo', 'Quince two')];
    // As backups were made before there was one moment for both.
    const [earlier, later] = [await backedUp(), await (takeBack(one), backedUpAfter(one))];
    const mixed = fresh('backup');
    cpSync(later, mixed, { recursive: true });
    cpSync(join(earlier, 'log.db'), join(mixed, 'log.db'));
    for (const name of ['backup.json', 'log.db-head']) rmSync(join(mixed, name));
    await goOnWith(mixed);
    const keys = keysOf(two);
    two.customer.origin = api.url;
    await takeBack(two);
    expect(await read(two)).not.toContain('Quince two');
    const left = Object.keys(keysOf(two));
    expect(left).toHaveLength(Object.keys(keys).length - 1);
    const gone = Object.fromEntries(Object.entries(keys).filter(([name]) => !left.includes(name)));
    expect(searchFolder(dataDir, gone).found).toEqual([]);
  });

  async function backedUpAfter(line: Talk): Promise<string> {
    await until('it is taken back', async () => !(await read(line)).includes('Quince one'));
    await until('that is noted', async () => (await api.node.vault.erasuresAppliedUpTo()) !== null);
    return backedUp();
  }
});

describe('what the log calls erased is erased', () => {
  const keysIn = (line: Talk, vault?: string): number => Object.keys(keysOf(line, vault)).length;

  /** The log of now with the vault of before, and a mark that somebody has written into it. */
  async function olderVault(backup: string, mark: ErasureMark): Promise<void> {
    await api.stop();
    const [file, masterKeyFile] = [join(dataDir, 'vault.db'), join(dataDir, 'master.key')];
    cpSync(join(backup, 'vault.db'), file);
    const vault = await openSqliteVault({ file, masterKeyFile });
    await vault.setErasuresAppliedUpTo(mark);
    await vault.close();
  }

  it('before anything is served when the mark is of another log, and soon when it is of this one', async () => {
    await start();
    const line = await talk('Ana', 'Quince');
    const before = await backedUp();
    await takeBack(line);
    const right = await api.node.vault.erasuresAppliedUpTo();
    if (right === null) throw new Error('it is noted once that was answered');
    const living = keysIn(line, join(before, 'vault.db'));

    await olderVault(before, { ...right, hash: 'ab'.repeat(32) });
    await start();
    expect(keysIn(line)).toBe(living - 1);
    expect(await read(line)).not.toContain('Quince');

    await olderVault(before, right);
    expect(keysIn(line)).toBe(living);
    await start();
    await until('it was looked at again', () => keysIn(line) === living - 1);
    expect(await read(line)).not.toContain('Quince');
  });
});

describe('with a second place', () => {
  it('a dozen backups, most of them older than what was erased, are restored without it', async () => {
    await start(withPlace());
    const [line, person] = [await talk('Ana', 'Quince'), await talk('Bojana Medlarsdottir', 'Durian')];
    await talk('Cy', 'Papaya');
    const backups: string[] = [];
    while (backups.length < 11) {
      const round = { ...line, messageId: await line.customer.say(`Quince ${backups.length}`) };
      // Every other one is made while the line is being taken back.
      const backup = backedUp();
      if (backups.length % 2 === 0) await backup;
      await takeBack(round);
      backups.push(await backup);
    }
    await takeBack(line);
    await erase(person);
    const newest = await backedUp();
    for (const backup of [...backups, newest]) {
      const folder = fresh('data');
      const { notes } = await restore(settingsOf(folder, withPlace()), backup);
      expect(notes).toEqual([
        backup === newest
          ? 'Nothing in this backup is known to have been erased since.'
          : expect.stringMatching(/^Erased again, .*: \d+ keys\.$/),
      ]);
      const readable = await readableIn(folder);
      expect(readable).toContain('Papaya');
      expect(readable).not.toMatch(/Quince|Durian|Medlarsdottir/);
    }
    const [first = ''] = backups;
    await goOnWith(first, withPlace());
    expect([await read(line), await read(person)].join('')).not.toMatch(/Quince|Durian|Medlarsdottir/);
    const keys = keysOf(person, join(first, 'vault.db'));
    expect(Object.keys(keys)).not.toEqual([]);
    await api.upToDate();
    expect(searchFolder(dataDir, { ...keys, name: 'Medlarsdottir' }).found).toEqual([]);
    // Without the second place nobody can know, and so it is said.
    await api.stop();
    const without = fresh('data');
    expect((await restore(settingsOf(without), first)).notes).toEqual([
      expect.stringContaining('No second place is set'),
    ]);
    expect(await readableIn(without)).toMatch(/Quince.*Durian/s);
  });

  /** All that can be read in a restored folder, before a server has had it. */
  async function readableIn(folder: string): Promise<string> {
    const [file, masterKeyFile] = [join(folder, 'vault.db'), join(folder, 'master.key')];
    const vault = await openSqliteVaultReader({ file, masterKeyFile });
    const log = await openSqliteLogReader({ file: join(folder, 'log.db') });
    const { events } = await log.readAll({ after: null, maxCount: 10_000 });
    const texts = await Promise.all(events.map(readEnvelope).map(({ payload, id }) => openPayload(payload, id, vault)));
    await log.close();
    await vault.close();
    return JSON.stringify(texts);
  }

  it('a data folder that was copied back by hand is cleared: before anything is served, or when the place is back', async () => {
    await start(withPlace());
    const person = await talk('Bojana Medlarsdottir', 'Durian');
    await api.upToDate();
    await api.stop();
    const copies = [fresh('copy'), fresh('copy')];
    for (const copy of copies) cpSync(dataDir, copy, { recursive: true });
    await start(withPlace());
    await erase(person);
    await api.stop();
    const [one = '', two = ''] = copies;

    dataDir = one;
    expect(hasName()).toBe(true);
    await start(withPlace());
    expect(await read(person)).not.toMatch(/Durian|Medlarsdottir/);
    await api.upToDate();
    expect(hasName()).toBe(false);
    await api.stop();

    dataDir = two;
    renameSync(secondPlace, `${secondPlace}-away`);
    await start(withPlace());
    expect(await ready()).toMatchObject({ status: 200, body: { secondPlace: 'unavailable' } });
    expect(await read(person)).toContain('Durian');
    renameSync(`${secondPlace}-away`, secondPlace);
    // While the names are made again the history may be NOT_YET.
    const nowRead = (): Promise<string> => read(person).catch(() => 'Durian');
    await until('it is erased', async () => !/Durian|Medlarsdottir/.test(await nowRead()));
    await until('the names in the clear were made again', () => !hasName());
    await until('it can be used again', async () => (await ready()).body.secondPlace === 'ready');
  });

  /** In any byte of the folder: names stand in the clear in a read model, sealed or not at all everywhere else. */
  function hasName(): boolean {
    try {
      return searchFolder(dataDir, { name: 'Medlarsdottir' }).found.length > 0;
    } catch {
      // A file was taken away as it was to be read.
      return true;
    }
  }

  it('that is away, an erasure is done for readers, answered when it is back, and the site stays ready', async () => {
    await start(withPlace());
    expect(await ready()).toMatchObject({ status: 200, body: { secondPlace: 'ready' } });
    const line = await talk('Ana', 'Quince');
    await until('there is a list', () => existsSync(secondPlace) && readdirSync(secondPlace).length === 1);
    renameSync(secondPlace, `${secondPlace}-away`);
    writeFileSync(secondPlace, 'a file in its place');
    let isAnswered = false;
    const answer = takeBack(line).finally(() => (isAnswered = true));
    await until('it is known to be away', async () => (await ready()).body.secondPlace === 'unavailable');
    expect((await ready()).status).toBe(200);
    expect(await read(line)).not.toContain('Quince');
    expect(isAnswered).toBe(false);
    expect(await api.node.vault.erasuresAppliedUpTo()).toBeNull();
    rmSync(secondPlace);
    renameSync(`${secondPlace}-away`, secondPlace);
    await answer;
    expect(listed()).toContain(line.sessionId);
    expect((await ready()).body.secondPlace).toBe('ready');
  });

  it('that is set later has all that was erased before, and so has one that was exchanged', async () => {
    await start();
    const line = await talk('Ana', 'Quince');
    await takeBack(line);
    await api.stop();
    for (let round = 0; round < 2; round++) {
      await start(withPlace());
      await until('it is listed', () => listed().includes(line.sessionId));
      await api.stop();
      for (const site of readdirSync(secondPlace)) rmSync(join(secondPlace, site), { recursive: true });
    }
  });

  it('that cannot be read nothing is restored, and the sentence says how it can be', async () => {
    const backup = fresh('backup');
    await backUp(settingsOf(begun), backup);
    const into = fresh('data');
    const away = { DESKSIDE_SECOND_PLACE: fresh('away') };
    await expect(restore(settingsOf(into, away), backup)).rejects.toThrow(
      'it is not there. Nothing was restored: make it usable, or leave out DESKSIDE_SECOND_PLACE to restore without it.',
    );
    expect(existsSync(into)).toBe(false);
    const empty = fresh('empty');
    mkdirSync(empty);
    expect((await restore(settingsOf(into, { DESKSIDE_SECOND_PLACE: empty }), backup)).notes).toEqual([
      `The second place ${empty} has no list of this site: what was erased after this backup was made cannot be known and is readable again. Erase it once more.`,
    ]);
  });

  it.each<[string, () => string]>([
    ['no folder', () => (writeFileSync(join(secondPlace, 'file'), ''), 'file')],
    ['a way into the data folder', () => (symlinkSync(mkdirIn(dataDir), join(secondPlace, 'link')), 'link')],
  ])('that is %s the site does not start', async (_, place) => {
    const settings = { DESKSIDE_SECOND_PLACE: join(secondPlace, place()), DESKSIDE_LOG_LEVEL: 'silent' };
    const started = serve(settingsOf(dataDir, settings));
    await expect(started).rejects.toThrow(/^DESKSIDE_SECOND_PLACE is ".*", but/);
  });

  function mkdirIn(folder: string): string {
    mkdirSync(join(folder, 'inside'));
    return join(folder, 'inside');
  }
});
