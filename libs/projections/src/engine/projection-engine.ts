import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventLogReader, Position } from '@deskside/event-store';
import { Bell } from './bell';
import { EngineReports } from './engine-reports';
import type { EngineObserver } from './engine-reports';
import { FileChecks } from './file-checks';
import { groupsToRead } from './groups-to-read';
import { readPage } from './log-page';
import type { LogPage, OpenText } from './log-page';
import type { Projection } from './projection';
import { openSlots } from './open-slots';
import type { ProjectionRunner } from './projection-runner';
import type { ProjectionSlot } from './projection-slot';
import type { ProjectionState, RebuildResult } from './projection-state';
import { ReadModelDirectory } from './read-model-directory';
import { Rebuilds } from './rebuilds';
import { Replacements } from './replacements';

/** Events read, parsed and committed at once. */
const PAGE = 1000;
/** What may pass (a log that cannot be read, a full disk) is tried again after this long, woken or not. */
const TRY_AGAIN_MS = 1000;
/** Pages that nobody asks for are looked at this often. */
const CHECK_EVERY_MS = 900_000;

export interface LogSource {
  readonly reader: EventLogReader;
  /** How many events stand after the first position up to the second; null when the log cannot say. */
  eventsBetween(after: Position | null, head: Position | null): number | null;
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
  readonly #directory: ReadModelDirectory;
  readonly #slots: ReadonlyMap<string, ProjectionSlot>;
  readonly #reports: EngineReports;
  readonly #rebuilds: Rebuilds;
  readonly #replacements: Replacements;
  readonly #checks = new FileChecks();
  readonly #bell = new Bell();
  #commands: (() => void)[] = [];
  #head: Position | null;
  #wakes = 0;
  #closing = false;
  #tryingAgain: NodeJS.Timeout | undefined;

  private constructor(options: EngineOptions, head: Position | null) {
    this.#log = options.log;
    this.#openText = options.openText;
    this.#head = head;
    this.#directory = new ReadModelDirectory(options.dataDir);
    this.#slots = openSlots(options.projections, {
      directory: this.#directory,
      isPast: (checkpoint) => this.#isBefore(head, checkpoint),
      onDamaged: (sentence) => options.observer.damagedFile(sentence),
    });
    this.#reports = new EngineReports(options.observer, {
      slots: [...this.#slots.values()],
      eventsBehind: (position) => this.#log.eventsBetween(position, this.#head),
    });
    this.#rebuilds = new Rebuilds({
      directory: this.#directory,
      isBefore: (a, b) => this.#isBefore(a, b),
      switched: (slot) => this.#reports.switched(slot),
      tellStates: () => this.#reports.tellStates(),
    });
    this.#replacements = new Replacements({
      rebuilds: this.#rebuilds,
      directory: this.#directory,
      // Whatever spoilt one file may have spoilt others.
      found: () => this.#checkAll(),
      between: (command) => this.#between(command),
      pauseAfter: options.pauseBeforeReplacing,
    });
  }

  /** Opens or makes every projection's file. @throws when the folder or the log cannot be used. */
  static async open(options: EngineOptions): Promise<ProjectionEngine> {
    return new ProjectionEngine(options, await options.log.reader.head());
  }

  files(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#slots].map(([name, slot]) => [name, slot.live.file.path]));
  }

  states(): readonly ProjectionState[] {
    return this.#reports.states();
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
        this.#reports.tellStates();
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
    const groups = groupsToRead([...this.#slots.values()], (a, b) => this.#isBefore(a, b));
    for (const group of groups) await this.#advance(group);
    for (const slot of this.#slots.values()) {
      slot.live.emptyTraces();
      this.#replacements.look(slot);
      await this.#rebuilds.advance(slot);
    }
    if (this.#runners().some(({ failure }) => failure?.kind === 'passing')) this.#tryAgainSoon();
    this.#reports.tellStates();
    return groups.length > 0;
  }

  #checkAll(): void {
    this.#checks.begin([...this.#slots.values()].map(({ live }) => live));
  }

  #check(): boolean {
    return this.#checks.step((runner) => runner.failure === null && this.#runners().includes(runner));
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
    if (page.events.length > 0) this.#reports.tellCommitted(group, changed);
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
}
