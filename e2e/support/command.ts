import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const workspace = join(import.meta.dirname, '..', '..');
const running = new Set<Command>();

/** A command of package.json as somebody runs it in a terminal: in a process group of its own. */
export class Command {
  readonly #process: ChildProcess;
  readonly #ended: Promise<number | null>;
  #output = '';
  #changed: () => void = () => undefined;

  constructor(script: string, args: readonly string[], settings: Readonly<Record<string, string>>) {
    const env = Object.entries(process.env).filter(([name]) => !name.startsWith('DESKSIDE_'));
    this.#process = spawn(process.execPath, [join(workspace, script), ...args], {
      cwd: workspace,
      env: { ...Object.fromEntries(env), ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    running.add(this);
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
        this.#changed();
      });
    this.#ended = new Promise((resolve) => this.#process.once('close', resolve));
    void this.#ended.then(() => {
      running.delete(this);
      this.#changed();
    });
  }

  /** What it has printed so far, line by line. */
  get lines(): readonly string[] {
    return this.#output.trimEnd().split('\n');
  }

  /** Waits until it has printed this. @throws when it ends without */
  async printed(text: string): Promise<void> {
    while (!this.#output.includes(text)) {
      if (!running.has(this)) throw new Error(`It ended without printing "${text}":\n${this.#output}`);
      await new Promise<void>((resolve) => (this.#changed = resolve));
    }
  }

  /** @returns its exit code */
  async ended(): Promise<number | null> {
    return this.#ended;
  }

  /** Ctrl-C as a terminal sends it: to the whole process group. */
  async pressCtrlC(): Promise<number | null> {
    if (this.#process.pid !== undefined) process.kill(-this.#process.pid, 'SIGINT');
    return this.#ended;
  }

  async kill9(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#ended;
  }
}

export function npmStart(settings: Readonly<Record<string, string>>, ...args: readonly string[]): Command {
  return new Command('tools/start/start.mjs', args, settings);
}

/** Runs a command of the server to its end. @throws when it fails */
export async function serverCommand(settings: Readonly<Record<string, string>>, ...args: string[]): Promise<string> {
  const command = new Command('tools/start/command.mjs', args, settings);
  const code = await command.ended();
  const output = command.lines.join('\n');
  if (code !== 0) throw new Error(output);
  return output;
}

export async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

/** Whatever a failed test has left running. */
export async function endAllCommands(): Promise<void> {
  await Promise.all([...running].map((command) => command.pressCtrlC()));
}
