import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { KurrentDbDouble } from '@deskside/event-store/kurrentdb/double';
import { acceptLoss } from '../../src/integrity/accept-loss';
import { settingsOf } from '../support/data-folders';
import { until } from '../support/until';
import { codeIn, SignedSite, signedStates } from './signed-site';

jest.setTimeout(120_000); // bounds a hang, measures nothing

const site = new SignedSite();
let double: KurrentDbDouble | undefined;
afterEach(() => double?.close());

describe('a log that lacks what was written', () => {
  const cutOff = 'DELETE FROM event WHERE position > (SELECT max(position) - 5 FROM event)';

  it('is read-only, names what is missing, and goes on when an operator has accepted exactly that', async () => {
    cpSync(site.made.later, site.dataDir, { recursive: true });
    site.sql(cutOff);
    const running = await site.start();
    expect(running.node.store.integrity()).toMatchObject({ status: 'damaged' });
    expect(await site.say('refused')).toBe('LOG_READ_ONLY');
    expect(await site.administrator.do('siteHistory', {})).toMatchObject({
      chain: { status: 'logDamaged' },
      isRecorded: false,
    });
    const ready = await fetch(`${running.url}/health/ready`);
    expect([ready.status, await ready.json()]).toMatchObject([503, { log: 'damaged' }]);
    await expect(acceptLoss(site.settings(), undefined)).rejects.toThrow('in use by another process');
    await site.stop();

    const { isWhole, lines } = await site.verify();
    expect(isWhole).toBe(false);
    expect(lines.join('\n')).toMatch(/The log ends at position \d+, but the event at position \d+ had been written\./);

    const wrong = await acceptLoss(site.settings(), 'deadbeef');
    expect(wrong).toMatchObject({
      status: 'notAccepted',
      lines: expect.arrayContaining(['The code deadbeef is not the one of these findings. Nothing was accepted.']),
    });
    const told = await acceptLoss(site.settings(), undefined);
    expect(told).toEqual({ status: 'notAccepted', lines: wrong.lines.filter((line) => !line.includes('deadbeef')) });
    const heldBack = readFileSync(join(site.dataDir, 'log.db'));
    const headBefore = readFileSync(join(site.dataDir, 'log.db-head'));
    expect((await acceptLoss(site.settings(), undefined)).lines).toEqual(told.lines);
    expect(readFileSync(join(site.dataDir, 'log.db')).equals(heldBack)).toBe(true);
    expect(await acceptLoss(site.settings(), codeIn(told))).toMatchObject({ status: 'accepted' });
    // As when that was killed before it had written the head.
    writeFileSync(join(site.dataDir, 'log.db-head'), headBefore);

    const again = await site.start();
    expect(await site.say('goes on')).toBe('ok');
    await again.upToDate();
    const [accepted] = (await signedStates(again)).filter(({ kind }) => kind === 'lossAccepted');
    expect(accepted).toMatchObject({ isSigned: true, newer: { size: expect.any(String) } });
    const page = await site.administrator.do<{ events: { type: string; payload: object }[] }>('siteHistory', {});
    expect(page).toMatchObject({ chain: { status: 'unbroken' }, isRecorded: true });
    const event = page.events.find(({ type }) => type === 'LogLossAccepted');
    expect(event?.payload).toMatchObject({
      by: expect.any(String),
      losses: expect.arrayContaining([expect.any(String)]),
      findings: expect.arrayContaining([expect.objectContaining({ kind: 'noHead' })]),
    });
    await site.stop();
    const verdict = await site.verify();
    expect([verdict.isWhole, verdict.lines.at(-1)]).toEqual([
      true,
      'The log is whole, apart from what an operator has accepted.',
    ]);
    expect(verdict.lines.join('\n')).toMatch(/An operator accepted a loss on .* The log ends at position/);
    expect(await acceptLoss(site.settings(), undefined)).toMatchObject({
      status: 'nothingToAccept',
      lines: ['The log is whole. There is nothing to accept.'],
    });
  });

  it('that only the second place knows of is read-only too, and what that place knows stays', async () => {
    // Put back by hand: an older log, with everything that lies beside it.
    cpSync(site.made.earlier, site.dataDir, { recursive: true });
    const [folder = ''] = readdirSync(site.place);
    const kept = readFileSync(join(site.place, folder, 'checkpoint.json'));
    const running = await site.start();
    expect(running.node.store.integrity()).toMatchObject({
      status: 'damaged',
      reason: expect.stringContaining('as the second place knows it'),
    });
    expect(await site.say('refused')).toBe('LOG_READ_ONLY');
    await site.stop();
    expect(readFileSync(join(site.place, folder, 'checkpoint.json')).equals(kept)).toBe(true);
    expect((await site.verify(site.dataDir, false)).isWhole).toBe(true);
    const { isWhole, lines } = await site.verify();
    expect(isWhole).toBe(false);
    expect(lines.join('\n')).toMatch(
      /The log has \d+ events; it had at least \d+ in the checkpoint of the second place/,
    );
  });

  it('whose second place is away at the start is compared as soon as it is back', async () => {
    cpSync(site.made.earlier, site.dataDir, { recursive: true });
    const hidden = site.fresh('hidden');
    cpSync(site.place, hidden, { recursive: true });
    rmSync(site.place, { recursive: true });
    const running = await site.start();
    expect(running.node.store.integrity().status).not.toBe('damaged');
    cpSync(hidden, site.place, { recursive: true });
    await until('it is compared', () => running.node.store.integrity().status === 'damaged');
  });

  it('beside a checkpoint of the second place that is damaged, or gone, starts all the same, and makes it anew at once', async () => {
    cpSync(site.made.later, site.dataDir, { recursive: true });
    const [folder = ''] = readdirSync(site.place);
    const file = join(site.place, folder, 'checkpoint.json');
    const isKept = (): boolean => existsSync(file) && readFileSync(file, 'utf8').includes('"signature"');
    for (const damaged of ['{', '{"checkpoint":{}}', '', null]) {
      if (damaged === null) rmSync(file);
      else writeFileSync(file, damaged);
      expect((await site.verify()).lines).toContain(
        damaged === null
          ? 'The second place has no checkpoint of this site: whoever has the data folder and its keys could have signed another log.'
          : 'The checkpoint in the second place is damaged, and the log was not compared with it: a start of the server makes it anew.',
      );
      await site.start();
      await until('it is kept before anything is written', isKept);
      expect(await site.say(`beside ${damaged}`)).toBe('ok');
      await site.stop();
      expect(await site.verify()).toMatchObject({
        isWhole: true,
        lines: expect.arrayContaining(['Compared with the newest checkpoint in the second place.']),
      });
    }
  });

  it('was signed by a key that is not in the vault goes on with another one when an operator has accepted that', async () => {
    cpSync(site.made.later, site.dataDir, { recursive: true });
    // As one is that was copied before the key was site.made.
    const vault = new DatabaseSync(join(site.dataDir, 'vault.db'));
    expect(vault.prepare(`DELETE FROM secret WHERE kind = 'site-key' AND id = 'log-checkpoints'`).run().changes).toBe(
      1,
    );
    vault.close();
    const told = await acceptLoss(site.settings(), undefined);
    expect(told).toMatchObject({
      status: 'notAccepted',
      lines: [expect.stringContaining('is signed by the key'), expect.anything()],
    });
    expect(await acceptLoss(site.settings(), codeIn(told))).toMatchObject({ status: 'accepted' });
    expect((await site.verify(site.dataDir, false)).lines.at(-1)).toBe(
      'The log is whole, apart from what an operator has accepted.',
    );
    const running = await site.start();
    expect(await site.say('by another key')).toBe('ok');
    const keys = new Set((await signedStates(running)).map(({ checkpoint }) => checkpoint.key));
    await site.stop();
    expect(keys.size).toBe(2);
    for (const withPlace of [false, true])
      expect((await site.verify(site.dataDir, withPlace)).lines.at(-1)).toBe(
        'The log is whole, apart from what an operator has accepted.',
      );
    expect(await acceptLoss(site.settings(), undefined)).toMatchObject({ status: 'nothingToAccept' });
  });

  it.each([
    ['vault', 'vault.db', /vault\.db is missing or empty/],
    ['master key', 'master.key', /master\.key is missing/],
    ['log', 'log.db', /There is no site in this log/],
  ])('cannot be accepted where there is no %s, and none is made', async (_, file, sentence) => {
    cpSync(site.made.later, site.dataDir, { recursive: true });
    site.sql(cutOff);
    rmSync(join(site.dataDir, file));
    const before = readdirSync(site.dataDir);
    await expect(acceptLoss(site.settings(), undefined)).rejects.toThrow(sentence);
    expect(readdirSync(site.dataDir)).toEqual(before);
  });

  it('cannot be accepted beside what is not of the log, and that is named', async () => {
    cpSync(site.made.later, site.dataDir, { recursive: true });
    site.sql(`${cutOff}; CREATE TRIGGER t BEFORE INSERT ON event BEGIN SELECT RAISE(IGNORE); END`);
    await expect(acceptLoss(site.settings(), undefined)).rejects.toThrow(
      /contains what is not its own \(trigger t\)\. Whatever is written to it might be lost: restore a backup\.$/,
    );
  });

  it('on a server is missed until an operator has accepted that', async () => {
    double = await KurrentDbDouble.start();
    const onServer = { DESKSIDE_LOG: double.connectionString };
    await site.start(onServer);
    await site.stop();
    double.log.lose(2);
    const there = settingsOf(site.dataDir, onServer);
    const told = await acceptLoss(there, undefined);
    expect(told.lines.join(' ')).toMatch(/The log ends at position .* had been written\./);
    expect(await acceptLoss(there, undefined)).toEqual(told);
    expect(await acceptLoss(there, codeIn(told))).toMatchObject({ status: 'accepted' });
    expect((await site.start(onServer)).node.store.integrity().status).toBe('whole');
    await site.stop();
    expect(await acceptLoss(there, undefined)).toMatchObject({ status: 'nothingToAccept' });
  });
});
