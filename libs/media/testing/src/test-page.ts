import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const html =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Media</title><body><script type="module" src="/page.js"></script>';

const exec = promisify(execFile);

/**
 * Bundles one of the browser library's test pages, named by its file: in a process of its own, because rolldown does not
 * know the functions of jest's realm as functions. @returns its JavaScript
 */
async function bundle(entry: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'deskside-test-page-'));
  const file = join(folder, 'page.js');
  const input = join(root, 'libs', 'media', 'browser', 'src', 'testing', entry);
  const rolldown = join(root, 'node_modules', 'rolldown', 'bin', 'cli.mjs');
  await exec(process.execPath, [rolldown, input, '--file', file, '--format', 'esm', '--platform', 'browser']);
  const code = await readFile(file, 'utf8');
  await rm(folder, { recursive: true });
  return code;
}

export interface TestPage {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a test page of the browser library at localhost, which browsers trust with screens and microphones. */
export async function serveTestPage(entry = 'media-page.ts'): Promise<TestPage> {
  const code = await bundle(entry);
  const server = createServer(({ url }, response) => {
    const isCode = url === '/page.js';
    response.writeHead(200, { 'content-type': isCode ? 'text/javascript' : 'text/html' });
    response.end(isCode ? code : html);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
