import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ApiProcess } from '../support/api-process';
import type { ProcessOptions } from '../support/api-process';
import { sampleOf } from './process-sample';
import type { ProcessSample } from './process-sample';

/** For so long after a kill nobody's wait counts: everybody comes back at once. */
const unrestMs = 15_000;

export interface Life {
  readonly samples: ProcessSample[];
}

/** One site whose server is killed or ended, and started again on the same folder and port. */
export class ServerLives {
  readonly lives: Life[] = [];
  readonly kills = { SIGKILL: 0, SIGTERM: 0, media: 0 };
  /** Clean ends that were none. */
  readonly unclean: string[] = [];
  readonly #options: ProcessOptions;
  readonly #sampleEveryMs: number;
  readonly #ends: number[] = [];
  #api: ApiProcess | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ProcessOptions, sampleEveryMs: number) {
    this.#options = options;
    this.#sampleEveryMs = sampleEveryMs;
  }

  get api(): ApiProcess {
    if (this.#api === undefined) throw new Error('The server has not been started.');
    return this.#api;
  }

  async start(): Promise<ApiProcess> {
    const api = await ApiProcess.start(this.#options);
    const life: Life = { samples: [] };
    this.lives.push(life);
    this.#timer = setInterval(() => {
      const sample = sampleOf(api.pid);
      if (sample !== null) life.samples.push(sample);
    }, this.#sampleEveryMs);
    return (this.#api = api);
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    clearInterval(this.#timer);
    this.#ends.push(performance.now());
    this.kills[signal] += 1;
    if (signal === 'SIGKILL') return this.api.kill();
    const code = await this.api.stop();
    if (code !== 0) this.unclean.push(`exit code ${code}: ${this.api.output.slice(-500)}`);
  }

  /** Kills the media server that this site keeps; none is there when media is off, or just now. */
  killMedia(): void {
    const file = join(this.#options.dataDir, 'media', 'process.json');
    if (!existsSync(file)) return;
    const { pid } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number };
    try {
      process.kill(pid, 'SIGKILL');
      this.kills.media += 1;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  /** Nobody works from here on: that is no part of what is compared. */
  stopSampling(): void {
    clearInterval(this.#timer);
  }

  /** Open sockets of the server once everybody has gone, or after half a minute. */
  async socketsLeft(): Promise<number> {
    const end = performance.now() + 30_000;
    const now = (): number => sampleOf(this.api.pid)?.sockets ?? 0;
    let [before, after] = [Number.POSITIVE_INFINITY, now()];
    while (after < before && performance.now() < end) {
      await pause(6000); // longer than a server keeps a connection for a next request
      [before, after] = [after, now()];
    }
    return after;
  }

  /** Whether the server was serving all the time, and had been for a while. */
  isCalm(from: number, to: number): boolean {
    return this.#ends.every((end) => to < end || from > end + unrestMs);
  }
}
