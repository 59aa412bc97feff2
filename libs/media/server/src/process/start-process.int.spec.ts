import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newFolder, removeFolder } from '../testing/plant-under-test';
import { mediaFolder } from './media-folder';
import type { MediaFolder } from './media-folder';
import { beginningOf } from './running-process';
import { startProcess } from './start-process';

let dataDir: string;
let files: MediaFolder;
beforeEach(() => {
  dataDir = newFolder();
  files = mediaFolder(dataDir);
  mkdirSync(files.folder, { recursive: true });
});
afterEach(() => removeFolder(dataDir));

/** A program that writes its number down and goes on until it is ended; `isGone` too when it did not come so far. */
function program(): { readonly binary: string; isGone(): Promise<boolean> } {
  const [binary, told] = [join(dataDir, 'program'), join(dataDir, 'pid')];
  writeFileSync(binary, `#!/bin/sh\necho $$ > "${told}"\nexec sleep 600\n`);
  chmodSync(binary, 0o755);
  const isGone = async (): Promise<boolean> =>
    !existsSync(told) || (await beginningOf(Number(readFileSync(told, 'utf8')))) === null;
  return { binary, isGone };
}

describe('a media server that cannot be written down', () => {
  it('is not left running: nobody would find it again, and each try would add one', async () => {
    const { binary, isGone } = program();
    // As with a disk that is full: the record cannot be made.
    mkdirSync(`${files.process}.new`);
    const about = { keyFingerprint: 'key', configHash: 'config' };
    await expect(startProcess(binary, files, about)).rejects.toThrow();
    for (const until = Date.now() + 5000; !(await isGone()) && Date.now() < until;) await pause(20);
    expect(await isGone()).toBe(true);
  });
});
