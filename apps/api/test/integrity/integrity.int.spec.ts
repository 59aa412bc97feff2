import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readEnvelope, readSignedState } from '@deskside/event-store';
import type { SignedState, StreamName } from '@deskside/event-store';
import { KurrentDbDouble } from '@deskside/event-store/kurrentdb/double';
import { backUp } from '../../src/backup/back-up';
import { restore } from '../../src/backup/restore';
import { acceptLoss } from '../../src/integrity/accept-loss';
import type { Acceptance } from '../../src/integrity/accept-loss';
import { verifyLog } from '../../src/integrity/verify-log';
import type { Verdict } from '../../src/integrity/verify-log';
import type { Settings } from '../../src/settings/settings';
import { ApiUnderTest } from '../support/api-under-test';
import { dataFolders, settingsOf, startAgain } from '../support/data-folders';
import { newId } from '../support/people';
import type { Staff } from '../support/people';
import { until } from '../support/until';

jest.setTimeout(120_000); // bounds a hang, measures nothing

const { fresh } = dataFolders();

/** A site with a session of three lines, stopped; and the same with three more, in folder and second place. */
const made = { earlier: fresh('earlier'), later: fresh('later'), place: fresh('place') };
let administrator: Staff;
let sessionId: string;
beforeAll(async () => {
  mkdirSync(made.place);
  let site = await ApiUnderTest.start({ dataDir: made.later, settings: { DESKSIDE_SECOND_PLACE: made.place } });
  administrator = await site.firstAdministrator();
  ({ sessionId } = await administrator.startSession());
  for (const line of ['one', 'two', 'three']) await say(line);
  await site.stop();
  cpSync(made.later, made.earlier, { recursive: true });
  site = await startAgain(administrator, { dataDir: made.later, settings: { DESKSIDE_SECOND_PLACE: made.place } });
  for (const line of ['four', 'five', 'six']) await say(line);
  await site.stop();
});

let [dataDir, place] = ['', ''];
let api: ApiUnderTest | undefined;
let double: KurrentDbDouble | undefined;
beforeEach(() => {
  [dataDir, place] = [fresh('data'), fresh('second')];
  cpSync(made.place, place, { recursive: true });
});
afterEach(async () => {
  await api?.stop();
  api = undefined;
  await double?.close();
  double = undefined;
});

const settings = (withPlace = true): Settings => settingsOf(dataDir, withPlace ? { DESKSIDE_SECOND_PLACE: place } : {});

async function start(withPlace = true): Promise<ApiUnderTest> {
  api = await startAgain(administrator, { dataDir, settings: withPlace ? { DESKSIDE_SECOND_PLACE: place } : {} });
  return api;
}

async function say(text: string): Promise<string> {
  const answer = await administrator.ask('sendChatMessage', { commandId: newId(), sessionId, to: 'all', text });
  return answer.code;
}

const verify = (from = dataDir, withPlace = true): Promise<Verdict> =>
  verifyLog(settings(withPlace), from, () => undefined);

const codeIn = ({ lines }: Acceptance): string => /--findings (\w+)/.exec(lines.at(-1) ?? '')?.[1] ?? '';

function sql(statements: string): void {
  const db = new DatabaseSync(join(dataDir, 'log.db'));
  db.exec(statements);
  db.close();
}

async function states({ node }: ApiUnderTest): Promise<readonly SignedState[]> {
  const events = await node.store.readStream('integrity' as StreamName);
  return events.flatMap((event) => readSignedState(event) ?? []);
}

describe('a log that is whole', () => {
  it('is signed at each stop, and verified in its folder, as a copy and as a backup, without a file being made there', async () => {
    dataDir = made.later;
    const { isWhole, lines } = await verify();
    expect(lines.at(-1)).toBe('The log is whole.');
    expect(isWhole).toBe(true);
    expect(lines).toContain('Compared with the newest checkpoint in the second place.');
    const names = readdirSync(made.later);
    expect(names.filter((name) => name.startsWith('log.db')).sort()).toEqual(['log.db', 'log.db-head', 'log.db-lock']);
    const backup = fresh('backup');
    await backUp(settings(), backup);
    const copy = fresh('copy.db');
    cpSync(join(made.later, 'log.db'), copy);
    for (const from of [backup, copy]) {
      const verdict = await verify(from);
      const isHeadMissed = verdict.lines.some((line) => line.startsWith('Nothing beside it names its last event'));
      expect([verdict.isWhole, isHeadMissed]).toEqual([true, from === copy]);
    }
    await expect(verify(fresh('nothing'))).rejects.toThrow(/^There is no log at /);
    expect(readdirSync(backup).sort()).toEqual(['backup.json', 'log.db', 'log.db-head', 'master.key', 'vault.db']);
    expect(existsSync(`${copy}-wal`)).toBe(false);
  });

  it('though it is a backup of before is whole, whatever the second place has come to know since', async () => {
    dataDir = made.earlier;
    const backup = fresh('backup');
    await backUp(settings(), backup);
    const { isWhole, lines } = await verify(backup);
    expect([isWhole, lines.at(-1)]).toEqual([true, 'The log is whole.']);
    expect(lines.join('\n')).toMatch(
      /it had at least \d+ in the checkpoint of the second place, .* This is a backup of before\./,
    );
    expect((await verify(made.earlier)).isWhole).toBe(false);
  });

  it('goes on being signed after a start, by the same key, and is said to be whole', async () => {
    cpSync(made.later, dataDir, { recursive: true });
    const running = await start();
    const before = await states(running);
    expect(before.every(({ isSigned, kind }) => isSigned && kind === 'signed')).toBe(true);
    expect(await say('seven')).toBe('ok');
    await running.stop();
    api = undefined;
    const { isWhole, lines } = await verify();
    expect([isWhole, lines.at(-1)]).toEqual([true, 'The log is whole.']);
    const after = await states(await start());
    expect(after.length).toBeGreaterThan(before.length);
    expect(new Set(after.map(({ checkpoint }) => checkpoint.key)).size).toBe(1);
  });

  it('that was never signed is signed from its beginning on', async () => {
    cpSync(made.later, dataDir, { recursive: true });
    rmSync(join(dataDir, 'log.db-head'));
    // As a log of an older version is.
    sql(`DELETE FROM event WHERE stream = (SELECT id FROM stream WHERE name = 'integrity');
      CREATE TEMP TABLE kept AS SELECT row_number() OVER (ORDER BY position) AS place, position FROM event;
      UPDATE event SET position = -(SELECT place FROM kept WHERE kept.position = event.position);
      UPDATE event SET position = -position; UPDATE meta SET value = '0' WHERE name = 'verified'`);
    rmSync(join(dataDir, 'read-models'), { recursive: true });
    await (await start(false)).stop();
    api = undefined;
    const { isWhole, lines } = await verify(dataDir, false);
    expect([isWhole, lines.at(-1)]).toEqual([true, 'The log is whole.']);
    expect(lines.join('\n')).toMatch(/The checkpoint of \d+ events, signed on .* is true\./);
  });
});

describe('a log that lacks what was written', () => {
  const cutOff = 'DELETE FROM event WHERE position > (SELECT max(position) - 5 FROM event)';

  it('is read-only, names what is missing, and goes on when an operator has accepted exactly that', async () => {
    cpSync(made.later, dataDir, { recursive: true });
    sql(cutOff);
    const running = await start();
    expect(running.node.store.integrity()).toMatchObject({ status: 'damaged' });
    expect(await say('refused')).toBe('LOG_READ_ONLY');
    expect(await administrator.do('siteHistory', {})).toMatchObject({
      chain: { status: 'logDamaged' },
      isRecorded: false,
    });
    const ready = await fetch(`${running.url}/health/ready`);
    expect([ready.status, await ready.json()]).toMatchObject([503, { log: 'damaged' }]);
    await expect(acceptLoss(settings(), undefined)).rejects.toThrow('in use by another process');
    await running.stop();
    api = undefined;

    const { isWhole, lines } = await verify();
    expect(isWhole).toBe(false);
    expect(lines.join('\n')).toMatch(/The log ends at position \d+, but the event at position \d+ had been written\./);

    const wrong = await acceptLoss(settings(), 'deadbeef');
    expect(wrong).toMatchObject({
      status: 'notAccepted',
      lines: expect.arrayContaining(['The code deadbeef is not the one of these findings. Nothing was accepted.']),
    });
    const told = await acceptLoss(settings(), undefined);
    expect(told).toEqual({ status: 'notAccepted', lines: wrong.lines.filter((line) => !line.includes('deadbeef')) });
    const heldBack = readFileSync(join(dataDir, 'log.db'));
    const headBefore = readFileSync(join(dataDir, 'log.db-head'));
    expect((await acceptLoss(settings(), undefined)).lines).toEqual(told.lines);
    expect(readFileSync(join(dataDir, 'log.db')).equals(heldBack)).toBe(true);
    expect(await acceptLoss(settings(), codeIn(told))).toMatchObject({ status: 'accepted' });
    // As when that was killed before it had written the head.
    writeFileSync(join(dataDir, 'log.db-head'), headBefore);

    const again = await start();
    expect(await say('goes on')).toBe('ok');
    await again.upToDate();
    const [accepted] = (await states(again)).filter(({ kind }) => kind === 'lossAccepted');
    expect(accepted).toMatchObject({ isSigned: true, newer: { size: expect.any(String) } });
    const page = await administrator.do<{ events: { type: string; payload: object }[] }>('siteHistory', {});
    expect(page).toMatchObject({ chain: { status: 'unbroken' }, isRecorded: true });
    const event = page.events.find(({ type }) => type === 'LogLossAccepted');
    expect(event?.payload).toMatchObject({
      by: expect.any(String),
      losses: expect.arrayContaining([expect.any(String)]),
      findings: expect.arrayContaining([expect.objectContaining({ kind: 'noHead' })]),
    });
    await again.stop();
    api = undefined;
    const verdict = await verify();
    expect([verdict.isWhole, verdict.lines.at(-1)]).toEqual([
      true,
      'The log is whole, apart from what an operator has accepted.',
    ]);
    expect(verdict.lines.join('\n')).toMatch(/An operator accepted a loss on .* The log ends at position/);
    expect(await acceptLoss(settings(), undefined)).toMatchObject({
      status: 'nothingToAccept',
      lines: ['The log is whole. There is nothing to accept.'],
    });
  });

  it('that only the second place knows of is read-only too, and what that place knows stays', async () => {
    // Put back by hand: an older log, with everything that lies beside it.
    cpSync(made.earlier, dataDir, { recursive: true });
    const [site = ''] = readdirSync(place);
    const kept = readFileSync(join(place, site, 'checkpoint.json'));
    const running = await start();
    expect(running.node.store.integrity()).toMatchObject({
      status: 'damaged',
      reason: expect.stringContaining('as the second place knows it'),
    });
    expect(await say('refused')).toBe('LOG_READ_ONLY');
    await running.stop();
    api = undefined;
    expect(readFileSync(join(place, site, 'checkpoint.json')).equals(kept)).toBe(true);
    expect((await verify(dataDir, false)).isWhole).toBe(true);
    const { isWhole, lines } = await verify();
    expect(isWhole).toBe(false);
    expect(lines.join('\n')).toMatch(
      /The log has \d+ events; it had at least \d+ in the checkpoint of the second place/,
    );
  });

  it('whose second place is away at the start is compared as soon as it is back', async () => {
    cpSync(made.earlier, dataDir, { recursive: true });
    const hidden = fresh('hidden');
    cpSync(place, hidden, { recursive: true });
    rmSync(place, { recursive: true });
    const running = await start();
    expect(running.node.store.integrity().status).not.toBe('damaged');
    cpSync(hidden, place, { recursive: true });
    await until('it is compared', () => running.node.store.integrity().status === 'damaged');
  });

  it('beside a checkpoint of the second place that is damaged, or gone, starts all the same, and makes it anew at once', async () => {
    cpSync(made.later, dataDir, { recursive: true });
    const [site = ''] = readdirSync(place);
    const file = join(place, site, 'checkpoint.json');
    const isKept = (): boolean => existsSync(file) && readFileSync(file, 'utf8').includes('"signature"');
    for (const damaged of ['{', '{"checkpoint":{}}', '', null]) {
      if (damaged === null) rmSync(file);
      else writeFileSync(file, damaged);
      expect((await verify()).lines).toContain(
        damaged === null
          ? 'The second place has no checkpoint of this site: whoever has the data folder and its keys could have signed another log.'
          : 'The checkpoint in the second place is damaged, and the log was not compared with it: a start of the server makes it anew.',
      );
      const running = await start();
      await until('it is kept before anything is written', isKept);
      expect(await say(`beside ${damaged}`)).toBe('ok');
      await running.stop();
      api = undefined;
      expect(await verify()).toMatchObject({
        isWhole: true,
        lines: expect.arrayContaining(['Compared with the newest checkpoint in the second place.']),
      });
    }
  });

  it('was signed by a key that is not in the vault goes on with another one when an operator has accepted that', async () => {
    cpSync(made.later, dataDir, { recursive: true });
    // As one is that was copied before the key was made.
    const vault = new DatabaseSync(join(dataDir, 'vault.db'));
    expect(vault.prepare(`DELETE FROM secret WHERE kind = 'site-key' AND id = 'log-checkpoints'`).run().changes).toBe(
      1,
    );
    vault.close();
    const told = await acceptLoss(settings(), undefined);
    expect(told).toMatchObject({
      status: 'notAccepted',
      lines: [expect.stringContaining('is signed by the key'), expect.anything()],
    });
    expect(await acceptLoss(settings(), codeIn(told))).toMatchObject({ status: 'accepted' });
    expect((await verify(dataDir, false)).lines.at(-1)).toBe(
      'The log is whole, apart from what an operator has accepted.',
    );
    const running = await start();
    expect(await say('by another key')).toBe('ok');
    const keys = new Set((await states(running)).map(({ checkpoint }) => checkpoint.key));
    await running.stop();
    api = undefined;
    expect(keys.size).toBe(2);
    for (const withPlace of [false, true])
      expect((await verify(dataDir, withPlace)).lines.at(-1)).toBe(
        'The log is whole, apart from what an operator has accepted.',
      );
    expect(await acceptLoss(settings(), undefined)).toMatchObject({ status: 'nothingToAccept' });
  });

  it.each([
    ['vault', 'vault.db', /vault\.db is missing or empty/],
    ['master key', 'master.key', /master\.key is missing/],
    ['log', 'log.db', /There is no site in this log/],
  ])('cannot be accepted where there is no %s, and none is made', async (_, file, sentence) => {
    cpSync(made.later, dataDir, { recursive: true });
    sql(cutOff);
    rmSync(join(dataDir, file));
    const before = readdirSync(dataDir);
    await expect(acceptLoss(settings(), undefined)).rejects.toThrow(sentence);
    expect(readdirSync(dataDir)).toEqual(before);
  });

  it('on a server is missed until an operator has accepted that', async () => {
    double = await KurrentDbDouble.start();
    const onServer = { DESKSIDE_LOG: double.connectionString };
    await (await ApiUnderTest.start({ dataDir, settings: onServer })).stop();
    double.log.lose(2);
    const there = settingsOf(dataDir, onServer);
    const told = await acceptLoss(there, undefined);
    expect(told.lines.join(' ')).toMatch(/The log ends at position .* had been written\./);
    expect(await acceptLoss(there, undefined)).toEqual(told);
    expect(await acceptLoss(there, codeIn(told))).toMatchObject({ status: 'accepted' });
    api = await ApiUnderTest.start({ dataDir, settings: onServer });
    expect(api.node.store.integrity().status).toBe('whole');
    await api.stop();
    expect(await acceptLoss(there, undefined)).toMatchObject({ status: 'nothingToAccept' });
  });
});

/** In which every page of such a log was tried: libs/event-store/src/sqlite/log-damage.int.spec.ts. */
describe('a log of which a page was zeroed', () => {
  const pageSize = 4096;

  /** Pages are counted from 1. */
  function rootOf(name: string): number {
    const db = new DatabaseSync(join(made.later, 'log.db'), { readOnly: true });
    const row = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(name) as { rootpage: number };
    db.close();
    return row.rootpage;
  }
  const ofFirstEvent = (log: Buffer): number => Math.floor(log.indexOf('"type":"SiteCreated"') / pageSize) + 1;

  it.each([
    ['the first event', ofFirstEvent],
    ['the names of the streams', () => rootOf('stream')],
    ['the places in the streams', () => rootOf('event_place')],
  ])('that holds %s is served read-only, and nobody can accept that', async (_, pageIn) => {
    cpSync(made.later, dataDir, { recursive: true });
    const log = readFileSync(join(dataDir, 'log.db'));
    const page = pageIn(log);
    log.fill(0, (page - 1) * pageSize, page * pageSize);
    writeFileSync(join(dataDir, 'log.db'), log);
    const running = await start(false);
    expect(running.node.store.integrity()).toMatchObject({
      status: 'damaged',
      reason: expect.stringMatching(/ cannot be read|^The file of the log is damaged/),
    });
    expect((await administrator.ask('site')).code).toBe('ok');
    expect(await say('refused')).not.toBe('ok');
    await running.stop();
    api = undefined;
    const { isWhole, lines } = await verify(dataDir, false);
    expect(isWhole).toBe(false);
    expect(lines[0]).toMatch(/^\d+ events in \d streams could be read(, [1-9]\d* could not)?\.$/);
    expect(lines.join('\n')).not.toMatch(/ends at position|signed by|is missing\./);
    await expect(acceptLoss(settings(false), undefined)).rejects.toThrow();
  });
});

describe('a log that was put back', () => {
  it('says so, names what it had been, and is whole and writable', async () => {
    dataDir = made.earlier;
    const backup = fresh('backup');
    await backUp(settings(), backup);
    dataDir = fresh('data');
    const { notes } = await restore(settings(), backup);
    expect(notes.join('\n')).toMatch(
      /The log had at least \d+ events on .*; what was written after this backup is not in it\./,
    );
    const running = await start();
    expect(running.node.store.integrity().status).not.toBe('damaged');
    expect(await say('after all')).toBe('ok');
    const [last] = (await states(running)).filter(({ kind }) => kind === 'restored');
    expect(last).toMatchObject({ isSigned: true, newer: { size: expect.any(String) } });
    await running.stop();
    api = undefined;
    const { isWhole, lines } = await verify();
    expect([isWhole, lines.at(-1)]).toEqual([true, 'The log is whole.']);
    expect(lines.join('\n')).toMatch(/It was put back from a backup on .*; before that it had at least \d+ events\./);
  });

  it('and then loses more is whole when that is accepted, before any start has signed it', async () => {
    dataDir = made.earlier;
    const backup = fresh('backup');
    await backUp(settings(), backup);
    dataDir = fresh('data');
    await restore(settings(), backup);
    sql('DELETE FROM event WHERE position = 3');
    const told = await acceptLoss(settings(), undefined);
    expect(await acceptLoss(settings(), codeIn(told))).toMatchObject({ status: 'accepted' });
    expect((await verify()).lines.at(-1)).toBe('The log is whole, apart from what an operator has accepted.');
  });

  it('though it was damaged is put back as it is, and that is said', async () => {
    cpSync(made.earlier, dataDir, { recursive: true });
    sql('DELETE FROM event WHERE position = 3');
    const backup = fresh('backup');
    expect(await backUp(settings(), backup)).toMatch(/^Event \d+ of \S+ is missing\./);
    dataDir = fresh('data');
    const { isWhole, notes } = await restore(settings(), backup);
    expect([isWhole, notes.join('\n')]).toEqual([
      false,
      expect.stringMatching(/The log in this backup is NOT whole, and opens read-only: Event \d+ of \S+ is missing\./),
    ]);
    expect((await start()).node.store.integrity().status).toBe('damaged');
  });

  it('cannot be passed off by a signature that was meant for something else', async () => {
    cpSync(made.earlier, dataDir, { recursive: true });
    const db = new DatabaseSync(join(dataDir, 'log.db'));
    const row = db
      .prepare(
        `SELECT body FROM event JOIN type ON type.id = event.type WHERE type.name = 'LogCheckpointSigned' ORDER BY position DESC`,
      )
      .get() as { body: string };
    db.close();
    const { payload } = readEnvelope<{ checkpoint: object }>(row);
    const forged = { ...row, type: 'LogRestored', revision: 9n };
    const body = JSON.stringify({
      ...readEnvelope(row),
      payload: { ...payload, newer: { size: '9', root: 'AAAA', signedAt: null } },
    });
    expect(readSignedState({ ...forged, body })).toMatchObject({ kind: 'restored', isSigned: false });
  });
});
