import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
