import type { Position } from '@deskside/event-store';
import { withOpenedText } from './log-page';
import type { LogPage, OpenText } from './log-page';
import type { Change, ProjectedEvent, Projection } from './projection';
import type { ProjectionFile } from './projection-file';

export interface RunnerFailure {
  readonly message: string;
  /** The event or the projection is the trouble: trying again gives the same. Else the next wake tries again. */
  readonly lasting: boolean;
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
    try {
      const wanted = this.#types === null ? page.events : page.events.filter(({ type }) => this.#types?.has(type));
      const { changes, end } = this.#project(page, await this.#opened(wanted, open));
      if (end === null || end === this.checkpoint) return false;
      return this.file.commit(changes, end);
    } catch (error) {
      this.fail(error, !mayPass(error));
      return false;
    }
  }

  /** From now on the file counts before older ones; a failure is kept like any other. */
  complete(): void {
    try {
      this.file.markComplete();
    } catch (error) {
      this.fail(error, !mayPass(error));
    }
  }

  fail(error: unknown, lasting: boolean): void {
    this.failure = { message: error instanceof Error ? error.message : String(error), lasting };
  }

  async #opened(events: readonly ProjectedEvent[], open: OpenText): Promise<readonly ProjectedEvent[]> {
    const { opensPersonalText, readsTextOf } = this.projection;
    if (opensPersonalText !== true) return events;
    const opened: ProjectedEvent[] = [];
    for (const event of events) opened.push(readsTextOf?.(event) === false ? event : await withOpenedText(event, open));
    return opened;
  }

  #project(page: LogPage, events: readonly ProjectedEvent[]): { changes: readonly Change[]; end: Position | null } {
    const changes: Change[] = [];
    for (const event of events) {
      try {
        for (const change of this.projection.project(event)) changes.push(change);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        this.fail(`${event.type} at ${event.position} (${event.stream}, revision ${event.revision}): ${message}`, true);
        return { changes, end: before(event, page) };
      }
    }
    return { changes, end: page.end };
  }
}

/** SQLite's primary result codes (https://www.sqlite.org/rescode.html) for what an operator or time mends. */
const passing = new Set([5, 6, 7, 8, 10, 13, 14]); // BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN

function mayPass(error: unknown): boolean {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === 'number' && passing.has(code & 0xff);
}

/** The place directly before an event of the page. */
function before(event: ProjectedEvent, page: LogPage): Position | null {
  const index = page.events.findIndex(({ position }) => position === event.position);
  return page.events[index - 1]?.position ?? page.after;
}
