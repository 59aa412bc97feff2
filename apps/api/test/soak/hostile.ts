import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';

/** Who plagues the server, with what they have. */
export interface Hostile {
  readonly origin: string;
  readonly seed: number;
  /** Of somebody whose password they guess. */
  readonly email: string;
  /** Of a session that they were let into. */
  readonly bearer: string;
}

/** Hostile clients beside those who behave, until they are ended. */
export class HostileClients {
  readonly #child: ChildProcess;

  constructor(hostile: Hostile) {
    const resolver = new URL('../../../../tools/resolve-ts.mjs', import.meta.url).href;
    const file = join(import.meta.dirname, 'hostile-clients.ts');
    this.#child = spawn(process.execPath, ['--import', resolver, file, JSON.stringify(hostile)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    // They would have machines of their own: here they take only what nobody else wants of this one.
    setPriority(this.#child.pid ?? 0, constants.priority.PRIORITY_LOW);
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async end(): Promise<void> {
    if (!this.isRunning) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}
