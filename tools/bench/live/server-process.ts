import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { serverFlags } from '../../process/server-flags.mjs';

interface Ready {
  readonly type: 'ready' | 'failed';
  readonly customerUrl?: string;
  readonly sentence?: string;
  readonly firstAdministrator?: { readonly email: string; readonly password: string };
}

/** The built server as a child process, killed or ended and started again by the bench. */
export class ServerProcess {
  readonly dataDir: string;
  readonly port: number;
  readonly #settings: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  administrator: { readonly email: string; readonly password: string } | undefined;
  origin = '';

  constructor(dataDir: string, port: number, settings: Readonly<Record<string, string>> = { DESKSIDE_MEDIA: 'off' }) {
    this.dataDir = dataDir;
    this.port = port;
    this.#settings = settings;
  }

  async start(): Promise<void> {
    const main = join(import.meta.dirname, '../../../dist/apps/api/main.mjs');
    const env = {
      ...process.env,
      DESKSIDE_DATA_DIR: this.dataDir,
      DESKSIDE_PORT: String(this.port),
      DESKSIDE_LOG_LEVEL: 'error',
      // Each person of the bench comes from an address of his own, as he would.
      DESKSIDE_TRUST_PROXY: '1',
      ...this.#settings,
    };
    const child = spawn(process.execPath, [...serverFlags, main], {
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child = child;
    const [message] = (await once(child, 'message')) as [Ready];
    if (message.type === 'failed') throw new Error(message.sentence);
    this.administrator ??= message.firstAdministrator;
    this.origin = (message.customerUrl ?? '').replace(/\/$/, '');
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** A clean end, which takes the media server with it. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}
