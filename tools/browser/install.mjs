import { spawn } from 'node:child_process';

/**
 * Runs an installer; only what goes wrong is shown.
 * @param {string} command @param {readonly string[]} args
 * @returns {Promise<boolean>} whether it went well
 */
export function runVisibly(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
  });
}
