import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the server says once it serves. */
interface Ready {
  readonly type: 'ready';
  readonly dashboardUrl: string;
  readonly customerUrl: string;
  readonly firstAdministrator?: { readonly email: string; readonly password: string };
}

type Answer = Ready | { readonly type: 'failed'; readonly sentence: string };

const main = join(import.meta.dirname, '../../dist/apps/api/main.mjs');
const running = new Set<Deskside>();

/** The built product as one process with a data folder of its own, addressed by process id only. */
export class Deskside {
  readonly dataDir: string;
  dashboardUrl = '';
  customerUrl = '';
  /** Generated at the first start. */
  firstAdministrator = { email: '', password: '' };
  readonly #settings: Readonly<Record<string, string>>;
  #process: ChildProcess | undefined;
  #output = '';

  constructor(dataDir: string, settings: Readonly<Record<string, string>>) {
    this.dataDir = dataDir;
    this.#settings = settings;
  }

  /** Starts it, or starts it again on the port that it had; resolves once it serves. */
  async start(): Promise<void> {
    const port = this.dashboardUrl === '' ? '0' : new URL(this.dashboardUrl).port;
    const child = spawn(process.execPath, [main], {
      env: {
        ...withoutSettings(process.env),
        DESKSIDE_DATA_DIR: this.dataDir,
        DESKSIDE_PORT: port,
        DESKSIDE_LOG_LEVEL: 'warn',
        ...this.#settings,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
    const answer = await this.#firstWord(child);
    if (answer.type === 'failed') throw new Error(`${answer.sentence}\n${this.#output}`);
    this.dashboardUrl = answer.dashboardUrl;
    this.customerUrl = answer.customerUrl;
    if (answer.firstAdministrator) this.firstAdministrator = answer.firstAdministrator;
  }

  /** All that the server has written to its output. */
  get output(): string {
    return this.#output;
  }

  /** Ends it at once, in the middle of whatever it does. */
  async kill9(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Ends it cleanly; its data stay for another start. @returns its exit code */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  /** Ends it cleanly and serves again at the same addresses. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Ends it and removes its data. */
  async remove(): Promise<void> {
    await this.stop();
    await rm(this.dataDir, { recursive: true, force: true });
    running.delete(this);
  }

  #firstWord(child: ChildProcess): Promise<Answer> {
    return new Promise((resolve) => {
      child.once('message', (message) => resolve(message as Answer));
      child.once('exit', (code) => resolve({ type: 'failed', sentence: `The server ended (code ${code}).` }));
    });
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill(signal);
    return ended;
  }
}

/** The tests' own machine may have settings; they are not the tests'. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('DESKSIDE_')));
}

/** A fresh site that serves; it ends with the test file. */
export async function startDeskside(settings: Readonly<Record<string, string>> = {}): Promise<Deskside> {
  const deskside = new Deskside(await mkdtemp(join(tmpdir(), 'deskside-e2e-')), settings);
  running.add(deskside);
  await deskside.start();
  return deskside;
}

export async function removeAllDesksides(): Promise<void> {
  await Promise.all([...running].map((deskside) => deskside.remove()));
}
