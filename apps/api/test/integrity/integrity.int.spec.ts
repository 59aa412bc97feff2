import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, jest } from '@jest/globals';
import { readEnvelope, readSignedState } from '@deskside/event-store';
import { backUp } from '../../src/backup/back-up';
import { restore } from '../../src/backup/restore';
import { acceptLoss } from '../../src/integrity/accept-loss';
import { codeIn, SignedSite, signedStates } from './signed-site';

jest.setTimeout(120_000); // bounds a hang, measures nothing

const site = new SignedSite();

describe('a log that is whole', () => {
  it('is signed at each stop, and verified in its folder, as a copy and as a backup, without a file being made there', async () => {
    site.dataDir = site.made.later;
    const { isWhole, lines } = await site.verify();
    expect(lines.at(-1)).toBe('The log is whole.');
    expect(isWhole).toBe(true);
    expect(lines).toContain('Compared with the newest checkpoint in the second place.');
    const names = readdirSync(site.made.later);
    expect(names.filter((name) => name.startsWith('log.db')).sort()).toEqual(['log.db', 'log.db-head', 'log.db-lock']);
    const backup = site.fresh('backup');
    await backUp(site.settings(), backup);
    const copy = site.fresh('copy.db');
    cpSync(join(site.made.later, 'log.db'), copy);
    for (const from of [backup, copy]) {
      const verdict = await site.verify(from);
      const isHeadMissed = verdict.lines.some((line) => line.startsWith('Nothing beside it names its last event'));
      expect([verdict.isWhole, isHeadMissed]).toEqual([true, from === copy]);
    }
    await expect(site.verify(site.fresh('nothing'))).rejects.toThrow(/^There is no log at /);
    expect(readdirSync(backup).sort()).toEqual(['backup.json', 'log.db', 'log.db-head', 'master.key', 'vault.db']);
    expect(existsSync(`${copy}-wal`)).toBe(false);
  });

  it('though it is a backup of before is whole, whatever the second place has come to know since', async () => {
    site.dataDir = site.made.earlier;
    const backup = site.fresh('backup');
    await backUp(site.settings(), backup);
    const { isWhole, lines } = await site.verify(backup);
    expect([isWhole, lines.at(-1)]).toEqual([true, 'The log is whole.']);
    expect(lines.join('\n')).toMatch(
      /it had at least \d+ in the checkpoint of the second place, .* This backup was made before that\./,
    );
    expect((await site.verify(site.made.earlier)).isWhole).toBe(false);
  });

  it('goes on being signed after a start, by the same key, and is said to be whole', async () => {
    cpSync(site.made.later, site.dataDir, { recursive: true });
    const running = await site.start();
    const before = await signedStates(running);
    expect(before.every(({ isSigned, kind }) => isSigned && kind === 'signed')).toBe(true);
    expect(await site.say('seven')).toBe('ok');
    await site.stop();
    const { isWhole, lines } = await site.verify();
    expect([isWhole, lines.at(-1)]).toEqual([true, 'The log is whole.']);
    const after = await signedStates(await site.start());
    expect(after.length).toBeGreaterThan(before.length);
    expect(new Set(after.map(({ checkpoint }) => checkpoint.key)).size).toBe(1);
  });

  it('that was never signed is signed from its beginning on', async () => {
    cpSync(site.made.later, site.dataDir, { recursive: true });
    rmSync(join(site.dataDir, 'log.db-head'));
    // As a log of an older version is.
    site.sql(`DELETE FROM event WHERE stream = (SELECT id FROM stream WHERE name = 'integrity');
      CREATE TEMP TABLE kept AS SELECT row_number() OVER (ORDER BY position) AS place, position FROM event;
      UPDATE event SET position = -(SELECT place FROM kept WHERE kept.position = event.position);
      UPDATE event SET position = -position; UPDATE meta SET value = '0' WHERE name = 'verified'`);
    rmSync(join(site.dataDir, 'read-models'), { recursive: true });
    await site.start({});
    await site.stop();
    const { isWhole, lines } = await site.verify(site.dataDir, false);
    expect([isWhole, lines.at(-1)]).toEqual([true, 'The log is whole.']);
    expect(lines.join('\n')).toMatch(/The checkpoint of \d+ events, signed on .* is true\./);
  });
});
/** In which every page of such a log was tried: libs/event-store/src/sqlite/log-damage.int.spec.ts. */
describe('a log of which a page was zeroed', () => {
  const pageSize = 4096;

  /** Pages are counted from 1. */
  function rootOf(name: string): number {
    const db = new DatabaseSync(join(site.made.later, 'log.db'), { readOnly: true });
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
    cpSync(site.made.later, site.dataDir, { recursive: true });
    const log = readFileSync(join(site.dataDir, 'log.db'));
    const page = pageIn(log);
    log.fill(0, (page - 1) * pageSize, page * pageSize);
    writeFileSync(join(site.dataDir, 'log.db'), log);
    const running = await site.start({});
    expect(running.node.store.integrity()).toMatchObject({
      status: 'damaged',
      reason: expect.stringMatching(/ cannot be read|^The file of the log is damaged/),
    });
    expect((await site.administrator.ask('site')).code).toBe('ok');
    expect(await site.say('refused')).not.toBe('ok');
    await site.stop();
    const { isWhole, lines } = await site.verify(site.dataDir, false);
    expect(isWhole).toBe(false);
    expect(lines[0]).toMatch(/^\d+ events in \d streams could be read(, [1-9]\d* could not)?\.$/);
    expect(lines.join('\n')).not.toMatch(/ends at position|signed by|is missing\./);
    await expect(acceptLoss(site.settings(false), undefined)).rejects.toThrow();
  });
});

describe('a log whose first event names no site but a path, and letters that a terminal obeys', () => {
  const written = `../${'x'.repeat(300)}\u001b]0;owned\u0007\r\n`;
  const renamed = `UPDATE event SET body = json_set(body, '$.payload.siteId', ?) WHERE position = 1`;

  function rename(file: string): void {
    const db = new DatabaseSync(file);
    expect(db.prepare(renamed).run(written).changes).toBe(1);
    db.close();
  }

  it('is verified without the second place, and its damage told', async () => {
    cpSync(site.made.later, site.dataDir, { recursive: true });
    rename(join(site.dataDir, 'log.db'));
    const { isWhole, lines } = await site.verify();
    expect(isWhole).toBe(false);
    expect(lines).toContain(
      'The second place was not asked, since the first event of the log names no site in the form in which sites are named.',
    );
    expect(lines).toContainEqual(expect.stringMatching(/^Event 0 of site is not as it was sealed\./));
    expect(lines.join('')).not.toContain('owned');
  });

  it('is put back as the log of the site whose keys are beside it', async () => {
    site.dataDir = site.made.later;
    const backup = site.fresh('backup');
    await backUp(site.settings(), backup);
    rename(join(backup, 'log.db'));
    rmSync(join(backup, 'backup.json')); // as earlier versions have made it
    site.dataDir = site.fresh('data');
    const { isWhole, notes } = await restore(site.settings(), backup);
    expect(isWhole).toBe(false);
    expect(notes[0]).toBe('Nothing in this backup is known to have been erased since.');
    expect(notes.join('')).not.toContain('owned');
  });
});

describe('a log that was put back', () => {
  it('says so, names what it had been, and is whole and writable', async () => {
    site.dataDir = site.made.earlier;
    const backup = site.fresh('backup');
    await backUp(site.settings(), backup);
    site.dataDir = site.fresh('data');
    const { notes } = await restore(site.settings(), backup);
    expect(notes.join('\n')).toMatch(
      /The log had at least \d+ events on .*; what was written after this backup is not in it\./,
    );
    const running = await site.start();
    expect(running.node.store.integrity().status).not.toBe('damaged');
    expect(await site.say('after all')).toBe('ok');
    const [last] = (await signedStates(running)).filter(({ kind }) => kind === 'restored');
    expect(last).toMatchObject({ isSigned: true, newer: { size: expect.any(String) } });
    await site.stop();
    const { isWhole, lines } = await site.verify();
    expect([isWhole, lines.at(-1)]).toEqual([true, 'The log is whole.']);
    expect(lines.join('\n')).toMatch(/It was put back from a backup on .*; before that it had at least \d+ events\./);
  });

  it('and then loses more is whole when that is accepted, before any start has signed it', async () => {
    site.dataDir = site.made.earlier;
    const backup = site.fresh('backup');
    await backUp(site.settings(), backup);
    site.dataDir = site.fresh('data');
    await restore(site.settings(), backup);
    site.sql('DELETE FROM event WHERE position = 3');
    const told = await acceptLoss(site.settings(), undefined);
    expect(await acceptLoss(site.settings(), codeIn(told))).toMatchObject({ status: 'accepted' });
    expect((await site.verify()).lines.at(-1)).toBe('The log is whole, apart from what an operator has accepted.');
  });

  it('though it was damaged is put back as it is, and that is said', async () => {
    cpSync(site.made.earlier, site.dataDir, { recursive: true });
    site.sql('DELETE FROM event WHERE position = 3');
    const backup = site.fresh('backup');
    expect(await backUp(site.settings(), backup)).toEqual({
      status: 'damaged',
      reason: expect.stringMatching(/^Event \d+ of \S+ is missing\./),
    });
    site.dataDir = site.fresh('data');
    const { isWhole, notes } = await restore(site.settings(), backup);
    expect([isWhole, notes.join('\n')]).toEqual([
      false,
      expect.stringMatching(/The log in this backup is NOT whole, and opens read-only: Event \d+ of \S+ is missing\./),
    ]);
    expect((await site.start()).node.store.integrity().status).toBe('damaged');
  });

  it('cannot be passed off by a signature that was meant for something else', async () => {
    cpSync(site.made.earlier, site.dataDir, { recursive: true });
    const db = new DatabaseSync(join(site.dataDir, 'log.db'));
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
