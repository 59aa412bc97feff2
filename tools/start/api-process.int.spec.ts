import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startApi } from './api-process.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskside-start-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Starts a stand-in for the API that runs this text. */
function start(text: string): ReturnType<typeof startApi> {
  const main = join(folder, 'main.mjs');
  writeFileSync(main, text);
  return startApi({ dataDir: join(folder, 'data'), settings: { DESKSIDE_HOST: 'given' }, main });
}

const serve = `process.send({ type: 'ready', host: process.env.DESKSIDE_HOST }); setInterval(() => {}, 1000);`;

describe('starting the server', () => {
  it('passes the settings on and hears that it serves', async () => {
    const api = start(serve);
    expect(await api.answered).toEqual({ type: 'ready', host: 'given' });
    api.kill();
    await api.ended;
  });

  it('hears why it cannot serve', async () => {
    const api = start(`process.send({ type: 'failed', sentence: 'Port 1 is taken.' }, () => process.exit(1));`);
    expect(await api.answered).toEqual({ type: 'failed', sentence: 'Port 1 is taken.' });
    expect(await api.ended).toBe(1);
  });

  it('shows the last lines of a server that broke', async () => {
    const api = start(`throw new Error('no such thing');`);
    const answer = await api.answered;
    expect(answer.type === 'failed' && answer.sentence).toMatch(/no such thing[^]*ended before it served \(code 1\)/);
  });

  it('keeps what the server wrote, before and now', async () => {
    for (const line of ['first', 'second']) {
      const api = start(`console.log('${line}')`);
      await api.ended;
    }
    expect(readFileSync(join(folder, 'data', 'server.log'), 'utf8')).toBe('first\nsecond\n');
  });
});

describe('what the server writes', () => {
  const mebibyte = 1024 * 1024;
  const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await new Promise((looked) => setTimeout(looked, 20));
  };

  it('is cut while it runs, and goes on from there', async () => {
    const api = start(`
      import { writeSync } from 'node:fs';
      const lines = ('x'.repeat(1023) + '\\n').repeat(256);
      setInterval(() => writeSync(1, lines), 10);
      ${serve}`);
    await api.answered;
    const { logFile } = api;
    await until(() => sizeOf(`${logFile}.1`) > 0 && sizeOf(logFile) > 0 && sizeOf(logFile) < 10 * mebibyte);
    expect(sizeOf(`${logFile}.1`)).toBe(10 * mebibyte);
    // From the first byte: nothing but what was appended since.
    expect(readFileSync(logFile, 'utf8')).toMatch(/^(x{1023}\n)+$/);
    api.kill();
    await api.ended;
  });

  it('is cut at a start, too', async () => {
    mkdirSync(join(folder, 'data'));
    const log = join(folder, 'data', 'server.log');
    writeFileSync(log, `first${'x'.repeat(11 * mebibyte)}last`);
    const api = start(`console.log('now')`);
    await api.ended;
    expect(readFileSync(log, 'utf8')).toBe('now\n');
    expect(sizeOf(`${log}.1`)).toBe(10 * mebibyte);
    expect(readFileSync(`${log}.1`, 'utf8').endsWith('last')).toBe(true);
  });
});

describe('stopping the server', () => {
  it('lets it end by itself', async () => {
    const api = start(`process.on('SIGTERM', () => process.exit(7)); ${serve}`);
    await api.answered;
    api.stop();
    expect(await api.ended).toBe(7);
  });

  it('kills it when it does not', async () => {
    const api = start(`process.on('SIGTERM', () => process.send({ type: 'stopping' })); ${serve}`);
    await api.answered;
    api.stop();
    api.kill();
    expect(await api.ended).toBeNull();
  });
});
