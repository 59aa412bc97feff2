import { spawn } from 'node:child_process';
import { closeSync, readFileSync, statSync } from 'node:fs';
import { serverFlags } from '../process/server-flags.mjs';
import { apiMain } from './build.mjs';
import { openServerLog } from './server-log.mjs';

/**
 * @typedef {{ type: 'ready', dashboardUrl: string, customerUrl: string, dataDir: string,
 *   logDamage: string | null, firstAdministrator?: { email: string, password: string } }} Ready
 * @typedef {{ type: 'failed', sentence: string }} Failed
 * @typedef {{ type: 'waiting', sentence: string }} Waiting
 */

/** @param {string} file @param {number} from */
function lastLines(file, from) {
  const all = readFileSync(file);
  // It has been cut since when it is shorter.
  return all
    .subarray(all.length < from ? 0 : from)
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .slice(-20)
    .join('\n');
}

/**
 * The API as a child in a process group of its own, so that Ctrl-C in a terminal reaches it only through `stop`.
 * @param {{ dataDir: string, settings: Record<string, string>, main?: string, onWaiting?: (sentence: string) => void }} options
 */
export function startApi({ dataDir, settings, main = apiMain, onWaiting }) {
  const log = openServerLog(dataDir);
  const begin = statSync(log.file).size;
  const child = spawn(process.execPath, [...serverFlags, main], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', log.descriptor, log.descriptor, 'ipc'],
    detached: process.platform !== 'win32',
  });
  closeSync(log.descriptor);

  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => child.once('exit', resolve));
  void ended.then(() => log.close());
  /** @type {Promise<Ready | Failed>} */
  const answered = new Promise((resolve) => {
    child.on('message', (said) => {
      const message = /** @type {Ready | Failed | Waiting} */ (said);
      if (message.type === 'waiting') onWaiting?.(message.sentence);
      else resolve(message);
    });
    void ended.then((code) =>
      resolve({
        type: 'failed',
        sentence: `${lastLines(log.file, begin)}\nThe server ended before it served (code ${code}); its last lines stand above.`,
      }),
    );
  });

  return {
    /** What the API said first: that it serves, or why it cannot. */
    answered,
    /** Its exit code, once it has ended. */
    ended,
    logFile: log.file,
    /** Asks for a clean end. Windows has no SIGTERM: there the closed channel says the same. */
    stop() {
      if (process.platform !== 'win32') child.kill('SIGTERM');
      else if (child.connected) child.disconnect();
    },
    kill() {
      child.kill('SIGKILL');
    },
  };
}
