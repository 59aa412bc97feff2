import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { seededRandom } from '@deskside/event-store/contract';
import { KurrentDbDouble, NO_FAULTS, SeededFaults } from '@deskside/event-store/kurrentdb/double';
import type { DoubleSettings } from '@deskside/event-store/kurrentdb/double';
import { generate } from 'selfsigned';
import { holdings } from '../../src/limits/limits';
import { serve } from '../../src/node/serve';
import type { RunningServer } from '../../src/node/serve';
import { readSettings } from '../../src/settings/settings';
import { ApiUnderTest } from '../support/api-under-test';
import type { Answer } from '../support/answer';
import { freePort } from '../support/free-port';
import { newId } from '../support/people';
import type { Customer, Staff } from '../support/people';
import { RawConnection } from '../support/raw-connection';
import { until } from '../support/until';

const folders: string[] = [];
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'deskside-kurrent-api-'));
  folders.push(made);
  return made;
}
afterAll(() => folders.forEach((made) => rmSync(made, { recursive: true, force: true })));

/** A server that cannot begin: its port answers, and one sentence says why. */
class Beginning {
  readonly sentences: string[] = [];
  readonly port: number;
  readonly served: Promise<RunningServer>;
  readonly #end = new AbortController();

  private constructor(port: number, log: string, dataDir: string) {
    this.port = port;
    const settings = {
      DESKSIDE_LOG: log,
      DESKSIDE_DATA_DIR: dataDir,
      DESKSIDE_PORT: String(port),
      DESKSIDE_LOG_LEVEL: 'silent',
      DESKSIDE_MEDIA: 'off',
    };
    const onWaiting = (sentence: string): void => void this.sentences.push(sentence);
    this.served = serve(readSettings(settings), { onWaiting, signal: this.#end.signal });
    this.served.catch(() => undefined);
  }

  static async with(log: string, dataDir = folder()): Promise<Beginning> {
    const beginning = new Beginning(await freePort(), log, dataDir);
    beginnings.push(beginning);
    return beginning;
  }

  /** What it says once it waits; meanwhile it lives and is not ready. */
  async waits(): Promise<{ sentence: string; code: string }> {
    await until('a sentence', async () => this.sentences.length > 0);
    const sentence = this.sentences.at(-1) ?? '';
    const at = `http://127.0.0.1:${this.port}`;
    expect((await fetch(`${at}/health/live`)).status).toBe(200);
    const ready = await fetch(`${at}/health/ready`);
    expect(ready.status).toBe(503);
    const { code } = (await ready.json()) as { code: string };
    const page = await fetch(`${at}/dashboard/`);
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await page.text()).toContain('尚未就緒');
    // Whoever does not wait for its answers is cut.
    const impatient = new RawConnection(at).write('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(1000));
    const answers = (await impatient.heard()).split('HTTP/1.1 200').length - 1;
    expect(answers).toBeLessThanOrEqual(holdings.requestsInFlightOfConnection);
    return { sentence, code };
  }

  /** Serves after all, and ends. */
  async serves(): Promise<void> {
    const server = await this.served;
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
    await server.close();
  }

  /** After each test: nothing goes on. */
  async gaveUpOrServed(): Promise<void> {
    this.#end.abort();
    await this.served.catch(() => undefined);
  }

  /** Ends while it waits. */
  async gaveUp(): Promise<void> {
    this.#end.abort();
    await expect(this.served).rejects.toThrow(this.sentences.at(-1));
    await expect(fetch(`http://127.0.0.1:${this.port}/health/live`)).rejects.toThrow();
  }
}

const beginnings: Beginning[] = [];

describe('a start whose log cannot be used', () => {
  let double: KurrentDbDouble;
  beforeEach(async () => {
    double = await KurrentDbDouble.start();
  });
  afterEach(async () => {
    await Promise.all(beginnings.splice(0).map((beginning) => beginning.gaveUpOrServed()));
    await double.close();
  });

  const refusals: readonly [string, Partial<DoubleSettings>, string, RegExp][] = [
    [
      'wrong credentials',
      { refuses: 'credentials' },
      'LOG_CREDENTIALS_REFUSED',
      /refuses the name or the password of admin\./,
    ],
    ['no right to read all', { refuses: 'all' }, 'LOG_FORBIDDEN', /lets admin not read all events/],
    ['a server that is too old', { version: '22.10.4' }, 'LOG_SERVER_TOO_OLD', /too old \(version 22\.10\.4\)/],
    [
      'a server that cannot be asked its version',
      { version: 'unknown' },
      'LOG_SERVER_TOO_OLD',
      /too old \(version unknown\)/,
    ],
  ];
  it.each(refusals)(
    'for %s stays up, says so in a sentence, and begins by itself',
    async (_, wrong, code, sentence) => {
      const right = { refuses: double.settings.refuses, version: double.settings.version };
      Object.assign(double.settings, wrong);
      const beginning = await Beginning.with(double.connectionString);
      const said = await beginning.waits();
      expect(said.code).toBe(code);
      expect(said.sentence).toMatch(sentence);
      expect(said.sentence).not.toContain('changeit');
      Object.assign(double.settings, right);
      double.restart();
      await beginning.serves();
    },
  );

  it('for a wrong address stays up, says so in a sentence, and begins when a server is there', async () => {
    double.down();
    const nobody = await freePort();
    const beginning = await Beginning.with(`kurrentdb://admin:changeit@127.0.0.1:${nobody}?tls=false`);
    const { code, sentence } = await beginning.waits();
    expect(code).toBe('LOG_UNAVAILABLE');
    expect(sentence).toBe(
      `The event log at 127.0.0.1:${nobody} cannot be reached: nothing listens there (ECONNREFUSED).`,
    );
    const late = await KurrentDbDouble.start({}, nobody);
    await beginning.serves();
    await late.close();
  });

  it('for a certificate that nobody trusts says whose authority is missing', async () => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
      // The package's reader takes no SHA-1.
      ...{ keyType: 'ec', algorithm: 'sha256' },
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    });
    const byTls = await KurrentDbDouble.start({ tls: { certificate: cert, key } });
    const dataDir = folder();
    const beginning = await Beginning.with(byTls.connectionString, dataDir);
    const { code, sentence } = await beginning.waits();
    expect(code).toBe('LOG_UNTRUSTED');
    expect(sentence).toMatch(/does not trust \([A-Z_]+\).*tlsCaFile=/);
    await beginning.gaveUp();
    const authority = join(dataDir, 'authority.pem');
    writeFileSync(authority, cert);
    await (await Beginning.with(`${byTls.connectionString}&tlsCaFile=${authority}`, dataDir)).serves();
    await byTls.close();
  });

  it('in a folder that another server uses is refused in a sentence', async () => {
    const dataDir = folder();
    const first = await Beginning.with(double.connectionString, dataDir);
    await first.served;
    const second = await Beginning.with(double.connectionString, dataDir);
    await expect(second.served).rejects.toThrow(`The data folder ${dataDir} is in use by another server.`);
    await first.serves();
  });

  it('for a log of another site, and for an empty one, changes nothing and says which is needed', async () => {
    const [ours, theirs] = [folder(), folder()];
    const other = await KurrentDbDouble.start();
    await (await Beginning.with(double.connectionString, ours)).serves();
    await (await Beginning.with(other.connectionString, theirs)).serves();
    const wrong = await Beginning.with(other.connectionString, ours);
    expect(await wrong.waits()).toMatchObject({
      code: 'LOG_OF_ANOTHER_SITE',
      sentence: expect.stringMatching(/belongs to another site than this data folder/),
    });
    await wrong.gaveUp();
    const written = other.log.all.length;
    const strange = await Beginning.with(other.connectionString, folder());
    expect((await strange.waits()).sentence).toMatch(/whose keys are not in this data folder/);
    await strange.gaveUp();
    const empty = await KurrentDbDouble.start();
    const lost = await Beginning.with(empty.connectionString, ours);
    expect((await lost.waits()).sentence).toMatch(/is empty, but this data folder belongs to a site.*log:copy/);
    await lost.gaveUp();
    expect([other.log.all.length, empty.log.all.length]).toEqual([written, 0]);
    await (await Beginning.with(double.connectionString, ours)).serves();
    await Promise.all([other.close(), empty.close()]);
  });
});

describe('a log on a server, while it is in use', () => {
  let double: KurrentDbDouble;
  let api: ApiUnderTest;
  let csr: Staff;
  let ana: Customer;
  let sessionId: string;
  let linesBefore: number;
  beforeAll(async () => {
    double = await KurrentDbDouble.start();
    Object.assign(right, double.settings);
    api = await ApiUnderTest.start({ dataDir: folder(), settings: { DESKSIDE_LOG: double.connectionString } });
    csr = await api.firstAdministrator();
  });
  afterAll(async () => {
    await api.close();
    await double.close();
  });
  /** The server as it should be, whatever a test has left. */
  const right: Partial<DoubleSettings> = {};
  afterEach(() => {
    double.plan(NO_FAULTS);
    Object.assign(double.settings, right);
  });
  /** A conversation of its own for each test. */
  beforeEach(async () => {
    linesBefore = linesInLog();
    const session = await csr.startSession();
    ({ sessionId } = session);
    ana = await api.customer().join(session.number, 'Ana');
  });

  const line = (commandId = newId()): Promise<Answer> =>
    ana.ask('sendChatMessage', { commandId, to: 'all', text: 'It is offline' });
  const linesInLog = (): number => double.log.all.filter(({ type }) => type === 'ChatMessageSent').length;
  const linesNow = (): number => linesInLog() - linesBefore;
  const ready = async (): Promise<unknown> => (await fetch(`${api.url}/health/ready`)).json();

  it('is read-only while the server is gone, says so, and takes the same line once when it is back', async () => {
    expect((await line()).code).toBe('ok');
    double.down();
    const commandId = newId();
    expect((await line(commandId)).code).toBe('LOG_UNAVAILABLE');
    expect(await ready()).toMatchObject({ status: 'notReady', log: 'unavailable' });
    expect(await (await fetch(`${api.url}/metrics`)).text()).toContain('deskside_log_unavailable 1');
    expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
    expect((await csr.do<{ log: object }>('site')).log).toMatchObject({ status: 'unavailable' });
    double.up();
    await until('it takes lines again', async () => (await line(commandId)).code === 'ok');
    expect((await line(commandId)).code).toBe('ok');
    expect(linesNow()).toBe(2);
    await until('it is ready', async () => ((await ready()) as { status: string }).status === 'ready');
    expect(await csr.do('projections')).toMatchObject({
      projections: expect.not.arrayContaining([expect.objectContaining({ status: 'failed' })]),
    });
  });

  it('loses no line while connections are cut and answers are lost', async () => {
    double.plan(new SeededFaults(seededRandom(5), 0.2));
    const sent = Array.from({ length: 12 }, () => newId());
    for (const commandId of sent) await until('the line is taken', async () => (await line(commandId)).code === 'ok');
    double.plan(NO_FAULTS);
    expect(linesNow()).toBe(sent.length);
  }, 120_000);

  it.each([
    ['an event over the size limit', { maxAppendBytes: 10 }, 'INPUT_INVALID'],
    ['a full disk at the server', { refuses: 'diskFull' }, 'LOG_DISK_FULL'],
    ['an account that may not write', { refuses: 'writes' }, 'LOG_UNAVAILABLE'],
  ] as const)('refuses a line for %s, and takes it when that is mended', async (_, wrong, code) => {
    Object.assign(double.settings, wrong);
    const commandId = newId();
    expect((await line(commandId)).code).toBe(code);
    expect(linesNow()).toBe(0);
    Object.assign(double.settings, right);
    expect((await line(commandId)).code).toBe('ok');
    expect(await ready()).toMatchObject({ status: 'ready' });
  });

  const foreign = {
    ...{ id: newId(), type: 'OrderPlaced', contentType: 'application/json' },
    ...{ data: Buffer.from('{"not json'), metadata: Buffer.from('neither') },
  };

  it('passes by the malformed event of somebody else in a stream of his own', async () => {
    double.log.write('orders-1', [foreign], 'noStream');
    expect((await line()).code).toBe('ok');
    await api.upToDate();
    expect(await ready()).toMatchObject({ status: 'ready', log: 'whole' });
  });

  // The last one: its log stays damaged.
  it('is read-only and names the place when such an event stands in a stream of ours', async () => {
    double.log.write(`supportSession-${sessionId}`, [foreign], 'any');
    await until('a line is refused', async () => (await line()).code === 'LOG_READ_ONLY');
    expect(await ready()).toMatchObject({ status: 'notReady', log: 'damaged' });
    expect((await csr.do<{ log: object }>('site')).log).toMatchObject({
      ...{ status: 'damaged', stream: `supportSession-${sessionId}` },
    });
  });
});
