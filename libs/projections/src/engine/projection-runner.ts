import { hasDeclaredForm } from '@deskside/domain';
import type { Position } from '@deskside/event-store';
import { VaultUnavailable } from '@deskside/vault';
import { faultOfFile } from './file-check';
import { fileTrouble, isOfSqlite, messageOf } from './file-trouble';
import { withOpenedText } from './log-page';
import type { LogPage, OpenText } from './log-page';
import type { Change, ProjectedEvent, Projection } from './projection';
import type { ProjectionFile } from './projection-file';

export interface RunnerFailure {
  readonly message: string;
  /**
   * `lasting`: the event or the projection is the trouble, trying again gives the same. `passing`: it is tried again soon.
   * `spoilt`: the file is not what was written; nothing is done with it any more.
   */
  readonly kind: 'lasting' | 'passing' | 'spoilt';
  /** Files of this projection are spoilt again and again. */
  readonly again?: boolean;
}

/** One file of one projection on its way through the log. */
export class ProjectionRunner {
  readonly projection: Projection;
  readonly file: ProjectionFile;
  /** Stands where the log ended when it was last read. */
  atEnd = false;
  failure: RunnerFailure | null = null;
  readonly #types: ReadonlySet<string> | null;

  constructor(projection: Projection, file: ProjectionFile) {
    this.projection = projection;
    this.file = file;
    this.#types = projection.types === 'all' ? null : new Set(projection.types);
  }

  get checkpoint(): Position | null {
    return this.file.checkpoint;
  }

  /** Commits the page up to its end, or up to the event at which the projection fails. Says whether rows changed. */
  async process(page: LogPage, open: OpenText): Promise<boolean> {
    const wanted = page.events.filter((event) => this.#wants(event));
    const opened = await this.#opened(wanted, open);
    if (opened === null) return false;
    const { changes, end } = this.#project(page, opened);
    if (end === null || end === this.checkpoint) return false;
    return this.#withFile((file) => file.commit(changes, end)) ?? false;
  }

  /** From now on the file counts before older ones; a failure is kept like any other. */
  complete(): void {
    this.#withFile((file) => file.markComplete());
  }

  /** Tries again what a reader may have held up. */
  emptyTraces(): void {
    if (this.failure === null) this.#withFile((file) => file.emptyTraces());
  }

  fail(error: unknown, kind: RunnerFailure['kind']): void {
    this.failure = { message: messageOf(error), kind };
  }

  #withFile<Result>(act: (file: ProjectionFile) => Result): Result | undefined {
    try {
      return act(this.file);
    } catch (error) {
      const trouble = fileTrouble(error);
      if (trouble !== 'other') this.fail(error, trouble);
      else this.#failStrangely(error);
      return undefined;
    }
  }

  /** A constraint that cannot be met is the projection's fault, unless an index has lost what it had. */
  #failStrangely(error: unknown): void {
    try {
      const fault = isOfSqlite(error) ? faultOfFile(this.file.path) : null;
      if (fault === null) this.fail(error, 'lasting');
      else this.fail(fault, 'spoilt');
    } catch (unreadable) {
      this.fail(unreadable, 'passing');
    }
  }

  #wants({ type, unreadable }: ProjectedEvent): boolean {
    if (unreadable === true && this.projection.takesUnreadable !== true) return false;
    return this.#types?.has(type) ?? true;
  }

  /** Null when the vault has failed, which says nothing of the file. */
  async #opened(events: readonly ProjectedEvent[], open: OpenText): Promise<readonly ProjectedEvent[] | null> {
    const { opensPersonalText, readsTextOf } = this.projection;
    if (opensPersonalText !== true) return events;
    const opened: ProjectedEvent[] = [];
    try {
      for (const event of events)
        opened.push(readsTextOf?.(event) === false ? event : await withOpenedText(event, open));
      return opened;
    } catch (error) {
      const isPassing = error instanceof VaultUnavailable || fileTrouble(error) === 'passing';
      this.fail(error, isPassing ? 'passing' : 'lasting');
      return null;
    }
  }

  #project(page: LogPage, events: readonly ProjectedEvent[]): { changes: readonly Change[]; end: Position | null } {
    const changes: Change[] = [];
    for (const event of events) {
      try {
        changes.push(...bindable(this.projection.project(event)));
      } catch (error) {
        // Damage that left it an event of another form is passed by like any other.
        if (!hasDeclaredForm(event)) continue;
        const place = `${event.type} at ${event.position} (${event.stream}, revision ${event.revision})`;
        this.fail(`${place}: ${messageOf(error)}`, 'lasting');
        return { changes, end: before(event, page) };
      }
    }
    return { changes, end: page.end };
  }
}

/** @throws when a value is missing, which SQLite would say of the whole page. */
function bindable(changes: readonly Change[]): readonly Change[] {
  for (const { statement, params } of changes)
    for (const name in params) if (params[name] === undefined) throw new Error(`${statement} lacks ${name}`);
  return changes;
}

/** The place directly before an event of the page. */
function before(event: ProjectedEvent, page: LogPage): Position | null {
  const index = page.events.findIndex(({ position }) => position === event.position);
  return page.events[index - 1]?.position ?? page.after;
}
