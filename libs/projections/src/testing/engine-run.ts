import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Position } from '@deskside/event-store';
import { ProjectionEngine } from '../engine/projection-engine';
import type { EngineObserver } from '../engine/engine-reports';
import type { EngineOptions } from '../engine/projection-engine';
import type { ProjectionState } from '../engine/projection-state';

export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'deskside-projections-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

type Commit = Parameters<EngineObserver['committed']>[0];

/** An engine at work in this thread, and what it has told so far. */
export class EngineRun implements EngineObserver {
  readonly commits: Commit[] = [];
  readonly switches: { name: string; file: string }[] = [];
  readonly damagedFiles: string[] = [];
  readonly #watchers = new Set<() => void>();
  #engine: ProjectionEngine | undefined;
  #ended: Promise<void> = Promise.resolve();

  static async start(options: Omit<EngineOptions, 'observer'>): Promise<EngineRun> {
    const run = new EngineRun();
    run.#engine = await ProjectionEngine.open({ ...options, observer: run });
    run.#ended = run.#engine.run();
    return run;
  }

  get engine(): ProjectionEngine {
    if (this.#engine === undefined) throw new Error('The engine is not open.');
    return this.#engine;
  }

  damagedFile(sentence: string): void {
    this.damagedFiles.push(sentence);
  }

  state(name: string): ProjectionState {
    const found = this.engine.states().find((state) => state.name === name);
    if (found === undefined) throw new Error(`There is no projection ${name}.`);
    return found;
  }

  file(name: string): string {
    return this.engine.files()[name] ?? '';
  }

  /** Settles when it is so; asked again after each thing that the engine tells. */
  until(isSo: () => boolean): Promise<void> {
    if (isSo()) return Promise.resolve();
    return new Promise((resolve) => {
      const look = (): void => {
        if (!isSo()) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
    });
  }

  /** Until every projection that runs stands at `head` and rests. */
  untilAt(head: Position | null): Promise<void> {
    const rests = ({ status, position }: ProjectionState): boolean =>
      status === 'failed' || status === 'paused' || (status === 'live' && position === head);
    return this.until(() => this.engine.states().every(rests));
  }

  async close(): Promise<void> {
    this.engine.close();
    await this.#ended;
  }

  committed(commit: Commit): void {
    this.commits.push(commit);
    this.#look();
  }

  states(): void {
    this.#look();
  }

  async switched(name: string, file: string): Promise<void> {
    this.switches.push({ name, file });
  }

  #look(): void {
    for (const look of [...this.#watchers]) look();
  }
}
