import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Customer, Staff } from './people';

const builtForTests = join(import.meta.dirname, '../../../../tmp/api-under-test/api/main.mjs');
/** What Node.js is given when it runs the server (docs/decisions/0022). */
const serverFlags = JSON.parse(readFileSync(join(import.meta.dirname, '../../node-flags.json'), 'utf8')) as string[];

interface Ready {
  readonly type: 'ready';
  readonly customerUrl: string;
  readonly firstAdministrator?: { readonly email: string; readonly password: string };
}
type Said = Ready | { readonly type: 'failed'; readonly sentence: string };

export interface ProcessOptions {
  readonly dataDir: string;
  readonly settings?: Readonly<Record<string, string>>;
  /** Program and arguments that start it, such as `prlimit`. */
  readonly under?: readonly [string, ...string[]];
  /** Another build than the one that tests make. */
  readonly main?: string;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(args: readonly string[], options: ProcessOptions, ipc: boolean): ChildProcess {
  const { dataDir, settings = {}, under, main = builtForTests } = options;
  const given = Object.entries(process.env).filter(([name]) => !name.startsWith('DESKSIDE_'));
  const env = {
    ...Object.fromEntries(given),
    DESKSIDE_DATA_DIR: dataDir,
    DESKSIDE_PORT: '0',
    DESKSIDE_LOG_LEVEL: 'debug',
    DESKSIDE_TRUST_PROXY: '1',
    DESKSIDE_MEDIA: 'off',
    ...settings,
  };
  const [program, ...before] = under ?? [process.execPath];
  const run = [...serverFlags, main, ...args];
  const all = under === undefined ? run : [...before, process.execPath, ...run];
  return spawn(program, all, { env, stdio: ['ignore', 'pipe', 'pipe', ...(ipc ? (['ipc'] as const) : [])] });
}

/** The built server as a process of its own, with everything that it says. */
export class ApiProcess {
  readonly #child: ChildProcess;
  readonly ended: Promise<number | null>;
  output = '';
  #ready: Ready | undefined;

  private constructor(options: ProcessOptions) {
    this.#child = start([], options, true);
    this.#child.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.ended = once(this.#child, 'close').then(([code]) => code as number | null);
  }

  /**
   * Settles when it serves. @throws with its sentence when it cannot.
   * @param begun is given it before that
   */
  static async start(options: ProcessOptions, begun: (api: ApiProcess) => void = () => undefined): Promise<ApiProcess> {
    const api = new ApiProcess(options);
    begun(api);
    const said = once(api.#child, 'message').then(([message]) => message as Said);
    const first = await Promise.race([said, api.ended]);
    if (typeof first !== 'object' || first === null) throw new Error(`It ended by itself: ${api.output}`);
    if (first.type === 'failed') {
      await api.ended;
      throw new Error(first.sentence);
    }
    api.#ready = first;
    return api;
  }

  get url(): string {
    return new URL(this.#ready?.customerUrl ?? '').origin;
  }

  get isFirst(): boolean {
    return this.#ready?.firstAdministrator !== undefined;
  }

  get firstAdministrator(): { readonly email: string; readonly password: string } {
    if (this.#ready?.firstAdministrator === undefined) throw new Error('This was not the first start.');
    return this.#ready.firstAdministrator;
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('It could not be started.');
    return this.#child.pid;
  }

  staff(): Staff {
    return new Staff(this.url);
  }

  customer(): Customer {
    return new Customer(this.url);
  }

  /** Asks for a clean end. @returns the exit code */
  async stop(): Promise<number | null> {
    this.#child.kill('SIGTERM');
    return this.ended;
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }
}

/** Runs a command of the server to its end. */
export async function runCommand(args: readonly string[], options: ProcessOptions): Promise<Ended> {
  const child = start(args, options, false);
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}
