import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventLogReader, Position } from '@deskside/event-store';
import { Bell } from './bell';
import { FileChecks } from './file-checks';
import { readPage } from './log-page';
import type { LogPage, OpenText } from './log-page';
import type { Projection } from './projection';
import { ProjectionRunner } from './projection-runner';
import { ProjectionSlot } from './projection-slot';
import type { ProjectionState, RebuildResult } from './projection-state';
import { ReadModelDirectory } from './read-model-directory';
import type { OpenedFile } from './read-model-directory';
import { Rebuilds } from './rebuilds';
import { Replacements } from './replacements';

/** Events read, parsed and committed at once. */
const PAGE = 1000;
/** Moving positions are told no more often than this. */
const STATES_EVERY_MS = 250;
/** What may pass (a log that cannot be read, a full disk) is tried again after this long, woken or not. */
const TRY_AGAIN_MS = 1000;
/** Pages that nobody asks for are looked at this often. */
const CHECK_EVERY_MS = 900_000;

export interface LogSource {
  readonly reader: EventLogReader;
  /** How many events stand after the first position up to the second; null when the log cannot say. */
  eventsBetween(after: Position | null, head: Position | null): number | null;
}

export interface EngineObserver {
  /** These projections have committed `position`; rows have changed in those that `changed` names. */
  committed(commit: { position: Position; names: readonly string[]; changed: readonly string[] }): void;
  states(states: readonly ProjectionState[]): void;
  /** From now on `file` answers for the projection; the old one goes when the promise settles. */
  switched(name: string, file: string): Promise<void>;
}

export interface EngineOptions {
  readonly dataDir: string;
  readonly projections: readonly Projection[];
  readonly log: LogSource;
  readonly openText: OpenText;
  readonly observer: EngineObserver;
  /** Milliseconds before a file is replaced that was found spoilt this often in a short while; few and growing when absent. */
  readonly pauseBeforeReplacing?: (times: number) => number;
}

/** Feeds all projections from the log: one pass for those that stand at the same place. */
export class ProjectionEngine {
  readonly #log: LogSource;
  readonly #openText: OpenText;
  readonly #observer: EngineObserver;
  readonly #directory: ReadModelDirectory;
  readonly #slots: ReadonlyMap<string, ProjectionSlot>;
  readonly #rebuilds: Rebuilds;
  readonly #replacements: Replacements;
  readonly #checks = new FileChecks();
  readonly #bell = new Bell();
  #commands: (() => void)[] = [];
  #head: Position | null;
  #wakes = 0;
  #closing = false;
  #told = { statuses: '', at: 0 };
  #tryingAgain: NodeJS.Timeout | undefined;

  private constructor(options: EngineOptions, head: Position | null) {
    this.#log = options.log;
    this.#openText = options.openText;
    this.#observer = options.observer;
    this.#head = head;
    this.#directory = new ReadModelDirectory(options.dataDir);
    const files = this.#directory.openAll(options.projections);
    this.#rebuilds = new Rebuilds({
      directory: this.#directory,
      isBefore: (a, b) => this.#isBefore(a, b),
      switched: (slot) => this.#switched(slot),
      tellStates: () => this.#tellStates(),
    });
    this.#replacements = new Replacements({
      rebuilds: this.#rebuilds,
      directory: this.#directory,
      // Whatever spoilt one file may have spoilt others.
      found: () => this.#checkAll(),
      between: (command) => this.#between(command),
      pauseAfter: options.pauseBeforeReplacing,
    });
    const paused = this.#directory.paused();
    this.#slots = new Map(
      options.projections.map((projection) => {
        const live = this.#runnerOf(projection, files.get(projection.name));
        return [projection.name, new ProjectionSlot(live, paused.has(projection.name))];
      }),
    );
  }

  /** Opens or makes every projection's file. @throws when the folder or the log cannot be used. */
  static async open(options: EngineOptions): Promise<ProjectionEngine> {
    return new ProjectionEngine(options, await options.log.reader.head());
  }

  files(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#slots].map(([name, slot]) => [name, slot.live.file.path]));
  }

  states(): readonly ProjectionState[] {
    return [...this.#slots.values()].map((slot) =>
      slot.state((position) => this.#log.eventsBetween(position, this.#head)),
    );
  }

  wake(head: Position): void {
    this.#wakes += 1;
    this.#sawHead(head);
    for (const runner of this.#runners()) if (this.#isBefore(runner.checkpoint, head)) runner.atEnd = false;
    this.#tryAgain();
  }

  /** Somebody who reads this file of a projection has found that it is spoilt. */
  spoilt(name: string, file: string, reason: string): void {
    const slot = this.#slot(name);
    this.#between(() => {
      if (slot.live.file.path === file && slot.live.failure?.kind !== 'spoilt') slot.live.fail(reason, 'spoilt');
    });
  }

  rebuild(name: string): Promise<RebuildResult> {
    const slot = this.#slot(name);
    return new Promise((resolve) => this.#between(() => this.#rebuilds.begin(slot, resolve)));
  }

  /** Going on tries a failed projection again. */
  pause(name: string, paused: boolean): Promise<void> {
    const slot = this.#slot(name);
    return new Promise((resolve) =>
      this.#between(() => {
        slot.paused = paused;
        if (!paused && slot.live.failure?.kind !== 'spoilt') slot.live.failure = null;
        slot.live.atEnd = false;
        this.#directory.savePaused([...this.#slots].filter(([, { paused: is }]) => is).map(([key]) => key));
        this.#tellStates();
        resolve();
      }),
    );
  }

  /** Works until the close; rejects only when the files' folder fails. */
  async run(): Promise<void> {
    this.#checkAll();
    const checking = setInterval(() => this.#between(() => this.#checkAll()), CHECK_EVERY_MS).unref();
    while (!this.#closing) {
      const worked = (await this.#turn()) || this.#check();
      // Messages to this thread arrive between two pages.
      await (worked ? nextTurn() : this.#bell.heard());
    }
    clearInterval(checking);
    clearTimeout(this.#tryingAgain);
    this.#replacements.close();
    this.#checks.close();
    for (const command of this.#commands.splice(0)) command();
    for (const slot of this.#slots.values()) {
      this.#rebuilds.drop(slot, { ok: false, code: 'CLOSED', reason: 'The server is stopping.' });
      slot.live.file.close();
    }
  }

  close(): void {
    this.#closing = true;
    this.#bell.ring();
  }

  async #turn(): Promise<boolean> {
    for (const command of this.#commands.splice(0)) command();
    const groups = this.#groups();
    for (const group of groups) await this.#advance(group);
    for (const slot of this.#slots.values()) {
      slot.live.emptyTraces();
      this.#replacements.look(slot);
      await this.#rebuilds.advance(slot);
    }
    if (this.#runners().some(({ failure }) => failure?.kind === 'passing')) this.#tryAgainSoon();
    this.#tellStates();
    return groups.length > 0;
  }

  #checkAll(): void {
    this.#checks.begin([...this.#slots.values()].map(({ live }) => live));
  }

  #check(): boolean {
    return this.#checks.step((runner) => runner.failure === null && this.#runners().includes(runner));
  }

  /** Runners that stand at the same place. The ones ahead come first: a rebuild holds live rows up by one page at most. */
  #groups(): readonly (readonly ProjectionRunner[])[] {
    const groups = new Map<Position | null, ProjectionRunner[]>();
    for (const slot of this.#slots.values())
      for (const runner of slot.runnable())
        groups.set(runner.checkpoint, [...(groups.get(runner.checkpoint) ?? []), runner]);
    const places = [...groups].sort(([a], [b]) => (this.#isBefore(a, b) ? 1 : -1));
    return places.map(([, group]) => group);
  }

  async #advance(group: readonly ProjectionRunner[]): Promise<void> {
    const wakes = this.#wakes;
    const page = await this.#read(group);
    if (page === null) return;
    const changed = new Set<ProjectionRunner>();
    for (const runner of group) if (await runner.process(page, this.#openText)) changed.add(runner);
    // A wake that came meanwhile may be of an event behind the page.
    for (const runner of group) runner.atEnd = page.atEnd && wakes === this.#wakes;
    if (page.end !== null) this.#sawHead(page.end);
    if (page.events.length > 0) this.#tellCommitted(group, changed);
  }

  async #read(group: readonly ProjectionRunner[]): Promise<LogPage | null> {
    try {
      return await readPage(this.#log.reader, group[0]?.checkpoint ?? null, PAGE);
    } catch (error) {
      for (const runner of group) runner.fail(error, 'passing');
      return null;
    }
  }

  #tryAgainSoon(): void {
    this.#tryingAgain ??= setTimeout(() => this.#tryAgain(), TRY_AGAIN_MS);
  }

  /** What may have passed is tried again. */
  #tryAgain(): void {
    clearTimeout(this.#tryingAgain);
    this.#tryingAgain = undefined;
    for (const runner of this.#runners()) {
      if (runner.failure?.kind !== 'passing') continue;
      runner.failure = null;
      runner.atEnd = false;
    }
    this.#bell.ring();
  }

  #tellCommitted(group: readonly ProjectionRunner[], changed: ReadonlySet<ProjectionRunner>): void {
    const live = new Set([...this.#slots.values()].map((slot) => slot.live));
    // A runner that has failed within the page stands at a place of its own.
    const byPosition = Map.groupBy(
      group.filter((runner) => live.has(runner)),
      (runner) => runner.checkpoint,
    );
    for (const [position, runners] of byPosition) {
      if (position === null) continue;
      const names = runners.map(({ projection }) => projection.name);
      const ofChanged = runners.filter((runner) => changed.has(runner)).map(({ projection }) => projection.name);
      this.#observer.committed({ position, names, changed: ofChanged });
    }
  }

  async #switched(slot: ProjectionSlot): Promise<void> {
    const { name } = slot.projection;
    const { checkpoint, file } = slot.live;
    await this.#observer.switched(name, file.path);
    if (checkpoint !== null) this.#observer.committed({ position: checkpoint, names: [name], changed: [name] });
  }

  #tellStates(): void {
    const states = this.states();
    const statuses = JSON.stringify(states.map(({ status, lastError, spoilt }) => [status, lastError, spoilt]));
    const moving = states.some(({ status }) => status === 'catchingUp' || status === 'rebuilding');
    const due = moving && performance.now() - this.#told.at >= STATES_EVERY_MS;
    if (statuses === this.#told.statuses && !due) return;
    this.#told = { statuses, at: performance.now() };
    this.#observer.states(states);
  }

  /** Commands run between two pages, when no file is in the middle of something. */
  #between(command: () => void): void {
    this.#commands.push(command);
    this.#bell.ring();
  }

  #slot(name: string): ProjectionSlot {
    const slot = this.#slots.get(name);
    if (slot === undefined) throw new Error(`There is no projection ${name}.`);
    return slot;
  }

  #runners(): readonly ProjectionRunner[] {
    return [...this.#slots.values()].flatMap((slot) => slot.runners());
  }

  #sawHead(position: Position): void {
    if (this.#isBefore(this.#head, position)) this.#head = position;
  }

  #isBefore(a: Position | null, b: Position | null): boolean {
    if (a === null || b === null) return a === null && b !== null;
    return this.#log.reader.comparePositions(a, b) < 0;
  }

  #runnerOf(projection: Projection, opened: OpenedFile | undefined): ProjectionRunner {
    if (opened === undefined)
      return new ProjectionRunner(projection, this.#directory.begin(projection, { complete: true }));
    const runner = new ProjectionRunner(projection, opened.file);
    if (opened.spoilt !== null) runner.fail(opened.spoilt, 'spoilt');
    return this.#notPast(runner);
  }

  /** A log that ends before the checkpoint is an older copy: rows of events that it does not have must go. */
  #notPast(runner: ProjectionRunner): ProjectionRunner {
    if (!this.#isBefore(this.#head, runner.checkpoint)) return runner;
    runner.file.close();
    this.#directory.discard(runner.file.path);
    return new ProjectionRunner(runner.projection, this.#directory.begin(runner.projection, { complete: true }));
  }
}
