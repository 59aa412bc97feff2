import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { runVisibly } from './install.mjs';

const xvfb = ['/usr/bin/Xvfb', '/usr/local/bin/Xvfb'];

/** @param {string} program @param {string} size @returns {Promise<{ display: string, close: () => void }>} */
function start(program, size) {
  // The server chooses a free number itself and writes it to the third descriptor: numbers chosen here collide.
  const child = spawn(program, ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}.`)));
    child.stdio[3]?.once('data', (number) =>
      resolve({ display: `:${String(number).trim()}`, close: () => void child.kill() }),
    );
  });
}

/** Debian's package, where it may be installed. */
async function fromDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  process.stdout.write('No virtual display is installed: installing the package xvfb.\n');
  if (!(await runVisibly('apt-get', ['update', '-qq']))) return undefined;
  if (!(await runVisibly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'xvfb']))) return undefined;
  return xvfb.find((path) => existsSync(path));
}

/**
 * A screen that a browser can capture: on Linux an X server without a monitor, elsewhere the machine's own.
 * @param {string} [size] width and height in pixels
 * @throws with one sentence and the command to run when there is none.
 * @returns {Promise<{ display: string | undefined, close: () => void }>}
 */
export async function provideDisplay(size = '1280x720') {
  const own = { display: process.env.DISPLAY, close: () => undefined };
  if (process.platform !== 'linux') return own;
  const program = xvfb.find((path) => existsSync(path)) ?? (await fromDebian());
  if (program !== undefined) return start(program, size);
  if (own.display !== undefined) return own;
  throw new Error('The tests of a shared screen need a screen, and there is none. Run: sudo apt-get install xvfb');
}
