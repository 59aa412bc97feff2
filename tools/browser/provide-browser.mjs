import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { workspaceRoot } from '../process/workspace.mjs';
import { runVisibly } from './install.mjs';

const exec = promisify(execFile);

const installed = {
  linux: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'].flatMap((name) => [
    `/usr/bin/${name}`,
    `/usr/local/bin/${name}`,
    `/snap/bin/${name}`,
  ]),
  darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
    (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
  ),
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].flatMap((folder) => [
    `${folder}\\Google\\Chrome\\Application\\chrome.exe`,
    `${folder}\\Microsoft\\Edge\\Application\\msedge.exe`,
  ]),
};

/**
 * True when the file really is a browser that opens a page: Ubuntu's chromium-browser without its snap, or a browser
 * whose libraries are missing, is a file too.
 * @param {string} path
 */
async function opens(path) {
  if (!existsSync(path)) return false;
  const { chromium } = await import('playwright-core');
  try {
    const browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox', '--disable-gpu'] });
    await browser.close();
    return true;
  } catch {
    return false;
  }
}

/** @param {readonly string[]} paths @returns {Promise<string | undefined>} */
async function firstThatOpens(paths) {
  for (const path of paths) if (await opens(path)) return path;
  return undefined;
}

async function fromDebian() {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return undefined;
  process.stdout.write('No browser is installed: installing the package chromium.\n');
  if (!(await runVisibly('apt-get', ['update', '-qq']))) return undefined;
  if (!(await runVisibly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']))) return undefined;
  return firstThatOpens(['/usr/bin/chromium']);
}

async function fromPlaywright() {
  const { chromium } = await import('playwright-core');
  const known = chromium.executablePath();
  if (await opens(known)) return known;
  process.stdout.write("No browser is installed: downloading Playwright's Chromium.\n");
  const cli = join(workspaceRoot, 'node_modules', 'playwright-core', 'cli.js');
  await exec(process.execPath, [cli, 'install', '--no-shell', 'chromium']).catch(() => undefined);
  return (await opens(known)) ? known : undefined;
}

/**
 * Path of a Chromium, Chrome or Edge that opens: the one named by TEST_BROWSER, an installed one, Debian's
 * package where it may be installed, or Playwright's download.
 * @throws with one sentence and the command to run when there is none.
 * @returns {Promise<string>}
 */
export async function provideBrowser() {
  const named = process.env.TEST_BROWSER;
  if (named !== undefined) {
    if (await opens(named)) return named;
    throw new Error(`TEST_BROWSER names ${named}, which does not open. Name another, or leave it unset.`);
  }
  const places = installed[/** @type {keyof typeof installed} */ (process.platform)] ?? [];
  const found = (await firstThatOpens(places)) ?? (await fromDebian()) ?? (await fromPlaywright());
  if (found !== undefined) return found;
  throw new Error(
    process.platform === 'linux'
      ? 'The browser tests need Chromium, and none could be installed. Run: sudo apt-get install chromium'
      : 'The browser tests need Chrome, and none could be installed. Get it from https://www.google.com/chrome',
  );
}
