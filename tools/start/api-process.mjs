import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { apiMain } from './build.mjs';

/**
 * @typedef {{ type: 'ready', dashboardUrl: string, customerUrl: string, dataDir: string,
 *   firstAdministrator?: { email: string, password: string } }} Ready
 * @typedef {{ type: 'failed', sentence: string }} Failed
 * @typedef {{ type: 'waiting', sentence: string }} Waiting
 */

const keptLog = 10 * 1024 * 1024;

/** The server's own lines, in the data folder; the file before is kept once this one is large. @param {string} dataDir */
function openLog(dataDir) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'server.log');
  if (existsSync(file) && statSync(file).size > keptLog) renameSync(file, `${file}.1`);
  return { file, descriptor: openSync(file, 'a', 0o600) };
}

/** @param {string} file @param {number} from */
function lastLines(file, from) {
  return readFileSync(file).subarray(from).toString('utf8').trimEnd().split('\n').slice(-20).join('\n');
}

/**
 * The API as a child in a process group of its own, so that Ctrl-C in a terminal reaches it only through `stop`.
 * @param {{ dataDir: string, settings: Record<string, string>, main?: string, onWaiting?: (sentence: string) => void }} options
 */
export function startApi({ dataDir, settings, main = apiMain, onWaiting }) {
  const log = openLog(dataDir);
  const begin = statSync(log.file).size;
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', log.descriptor, log.descriptor, 'ipc'],
    detached: process.platform !== 'win32',
  });
  closeSync(log.descriptor);

  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => child.once('exit', resolve));
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
