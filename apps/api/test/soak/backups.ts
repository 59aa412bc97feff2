import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../support/api-process';
import type { ProcessOptions } from '../support/api-process';
import { until } from '../support/until';

export interface BackupFigures {
  made: number;
  readonly failed: string[];
  readonly notWhole: string[];
}

/** Backups of a site while it is used, each verified; the oldest is kept, since the most was erased after it. */
export class Backups {
  readonly figures: BackupFigures = { made: 0, failed: [], notWhole: [] };
  readonly #options: ProcessOptions;
  readonly #root: string;
  readonly #secondPlace: string;
  #oldest: string | null = null;

  constructor(options: ProcessOptions, { root, secondPlace }: { readonly root: string; readonly secondPlace: string }) {
    this.#options = options;
    this.#root = root;
    this.#secondPlace = secondPlace;
  }

  get oldest(): string | null {
    return this.#oldest;
  }

  async take(): Promise<void> {
    // The first is signed within a minute of the first event.
    const isSigned = (): boolean =>
      readdirSync(this.#secondPlace).some((site) => existsSync(join(this.#secondPlace, site, 'checkpoint.json')));
    await until('the second place has a checkpoint', isSigned, 120_000);
    const number = this.figures.made + this.figures.failed.length + 1;
    const folder = join(this.#root, `backup${number}`);
    // What stands in it now is in the backup too; what the server signs meanwhile need not be.
    const placeBefore = join(this.#root, `place${number}`);
    cpSync(this.#secondPlace, placeBefore, { recursive: true });
    const made = await runCommand(['backup', '--to', folder], this.#options);
    if (made.code !== 0) {
      this.figures.failed.push(made.stderr.slice(-300));
      return;
    }
    this.figures.made += 1;
    const verdict = await verify(folder, withPlace(this.#options, placeBefore));
    if (verdict !== null) this.figures.notWhole.push(verdict);
    rmSync(placeBefore, { recursive: true });
    if (this.#oldest === null) this.#oldest = folder;
    else rmSync(folder, { recursive: true });
  }
}

export function withPlace(options: ProcessOptions, secondPlace: string): ProcessOptions {
  return { ...options, settings: { ...options.settings, DESKSIDE_SECOND_PLACE: secondPlace } };
}

/** Null when it is whole, signed, and what the second place knows; else what was said. */
export async function verify(from: string, options: ProcessOptions): Promise<string | null> {
  const { code, stdout, stderr } = await runCommand(['verify', '--from', from], options);
  const isWhole = code === 0 && /is true\.$/m.test(stdout) && stdout.includes('Compared with the newest checkpoint');
  return isWhole ? null : `${code}: ${stdout}${stderr}`.slice(-600);
}
