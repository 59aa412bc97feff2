import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { sentenceFor } from '../../src/node/sentence-for';
import { ApiUnderTest, newFolder } from '../support/api-under-test';

const root = newFolder();
afterAll(() => rmSync(root, { recursive: true }));

/** Why it does not start: one sentence without a stack. */
async function refusal(dataDir: string, settings: Record<string, string> = {}): Promise<string> {
  const failure: unknown = await ApiUnderTest.start({ dataDir, settings }).then(
    async (api) => api.close(),
    (error: unknown) => error,
  );
  const sentence = sentenceFor(failure);
  expect(sentence).toMatch(/^[A-Z/][^\n]+$/);
  expect(sentence).not.toMatch(/node_modules|\bat \//);
  return sentence;
}

describe('a server cannot start', () => {
  it.each(['192.0.2.1', 'no such host'])('on an address that is not its machine\u2019s: %s', async (host) => {
    expect(await refusal(join(root, 'host'), { DESKSIDE_HOST: host })).toBe(
      `This machine has no address ${host}. Set DESKSIDE_HOST to one of its own, such as 127.0.0.1.`,
    );
  });

  it('with a certificate that is not there, or is none', async () => {
    const none = join(root, 'no.pem');
    const missing = { DESKSIDE_TLS_CERT_FILE: none, DESKSIDE_TLS_KEY_FILE: none };
    expect(await refusal(join(root, 'tls'), missing)).toBe(`${none} is not there.`);
    const garbage = join(root, 'garbage.pem');
    writeFileSync(garbage, 'no certificate');
    const wrong = { DESKSIDE_TLS_CERT_FILE: garbage, DESKSIDE_TLS_KEY_FILE: garbage };
    expect(await refusal(join(root, 'tls'), wrong)).toContain('no certificate and key of one pair');
  });

  it('in a data folder that is a file', async () => {
    const file = join(root, 'file');
    writeFileSync(file, '');
    expect(await refusal(file)).toContain(`${file} is a file where a folder is needed.`);
    expect(await refusal(join(file, 'below'))).toContain('is a file where a folder is needed.');
  });

  it('with a master key that others can read, and can as soon as they cannot', async () => {
    const dataDir = join(root, 'key');
    await (await ApiUnderTest.start({ dataDir })).stop();
    chmodSync(join(dataDir, 'master.key'), 0o644);
    expect(await refusal(dataDir)).toContain('chmod 600');
    chmodSync(join(dataDir, 'master.key'), 0o600);
    // What the failed start had opened is free again.
    await (await ApiUnderTest.start({ dataDir })).stop();
  });

  it('in a data folder that another server has, which goes on unharmed', async () => {
    const dataDir = join(root, 'taken');
    const first = await ApiUnderTest.start({ dataDir });
    const sentence = `The event log ${join(dataDir, 'log.db')} is in use by another process that writes it. Stop that one first.`;
    expect(await refusal(dataDir)).toBe(sentence);
    const administrator = await first.firstAdministrator();
    expect((await administrator.startSession()).number).toHaveLength(9);
    await first.stop();
  });

  it('with a log or a vault that is none', async () => {
    const garbage = 'nothing of the kind, but long enough to be looked at. '.repeat(40);
    const noLog = join(root, 'nolog');
    mkdirSync(noLog);
    writeFileSync(join(noLog, 'log.db'), garbage);
    expect(await refusal(noLog)).toMatch(
      /^The event log .* cannot be used: .*not a database\. Restore it from a backup\.$/,
    );
    const noVault = join(root, 'novault');
    mkdirSync(noVault);
    writeFileSync(join(noVault, 'vault.db'), garbage);
    writeFileSync(join(noVault, 'master.key'), Buffer.alloc(32, 7).toString('base64url'), { mode: 0o600 });
    expect(await refusal(noVault)).toMatch(
      /^The vault .* cannot be used: .*not a database\. Restore it from a backup\.$/,
    );
  });
});
