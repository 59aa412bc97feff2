import type {
  AppendResult as ServerAnswer,
  KurrentDBClient,
  WrongExpectedVersionError,
} from '@kurrent/kurrentdb-client';
import type {
  AppendResult,
  EventId,
  ExpectedRevision,
  LogTrouble,
  Position,
  Revision,
  SealedEvent,
  StreamName,
} from '../event-store';
import { LogUnavailable } from '../event-store';
import type { KurrentConnection } from './kurrent-connection';
import { toPosition } from './kurrent-position';
import { namedTrouble } from './log-trouble';
import { toServerEvent } from './server-event';
import type { Found, StreamIds } from './stream-ids';

/**
 * Appends under way at once. The package queues what its stream does not take at once, and when the connection breaks
 * then, that queue rejects where nobody can catch it; its stream takes sixteen messages.
 */
const AT_ONCE = 12;

/** What one try came to. */
type Try =
  | { readonly kind: 'written'; readonly position: Position | null; readonly lastRevision: Revision }
  | { readonly kind: 'conflict'; readonly actual: Revision | null }
  | { readonly kind: 'refused'; readonly result: Extract<AppendResult, { ok: false }> }
  | { readonly kind: 'unknown'; readonly error: unknown };

type Known = Exclude<Try, { kind: 'unknown' }>;
type ExactRevision = 'noStream' | Revision;

/** What one append is about, besides its bytes. */
interface About {
  readonly stream: StreamName;
  readonly expected: ExpectedRevision;
  readonly ids: readonly EventId[];
}

type Outcome =
  { readonly kind: 'answer'; readonly result: AppendResult } | { readonly kind: 'try'; readonly behind: ExactRevision };

/** Errors of the package that are answers of the server. */
const ANSWERS: ReadonlySet<string> = new Set([
  'wrong-expected-version',
  'maximum-append-size-exceeded',
  'append-record-size-exceeded',
  'transaction-max-size-exceeded',
  'stream-deleted',
  'stream-tombstoned',
  'access-denied',
]);

/** How long a refusal of the server is taken to hold when nothing is appended meanwhile, ms. */
const TROUBLE_KNOWN_MS = 30_000;

/**
 * Appends with an exact revision always, so that a try whose outcome is unknown can be made again: only one of the two can
 * fit. After a conflict the stream itself says whether the events are there. `any` and `streamExists` become the exact
 * revision that was read just before.
 */
export class KurrentAppender {
  readonly #connection: KurrentConnection;
  readonly #ids: StreamIds;
  readonly #readBack: (stream: StreamName, revision: Revision) => Promise<Position>;
  /** Appends of this node to one stream go one after the other: they could only be in each other's way. */
  readonly #lastOf = new Map<StreamName, Promise<unknown>>();
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;
  #trouble: LogTrouble | null = null;
  #troubledAt = 0;

  constructor(
    connection: KurrentConnection,
    ids: StreamIds,
    readBack: (stream: StreamName, revision: Revision) => Promise<Position>,
  ) {
    this.#connection = connection;
    this.#ids = ids;
    this.#readBack = readBack;
  }

  /**
   * Why the last append was refused by the server; null once one was taken, and after a while without any: whoever waits
   * until nothing is known against the log would otherwise wait for each other.
   */
  get trouble(): LogTrouble | null {
    return performance.now() - this.#troubledAt < TROUBLE_KNOWN_MS ? this.#trouble : null;
  }

  append(stream: StreamName, events: readonly SealedEvent[], expected: ExpectedRevision): Promise<AppendResult> {
    const before = this.#lastOf.get(stream) ?? Promise.resolve();
    const own = before.then(() => this.#answer(stream, events, expected));
    const settled = own.catch(() => undefined);
    this.#lastOf.set(stream, settled);
    void settled.then(() => {
      if (this.#lastOf.get(stream) === settled) this.#lastOf.delete(stream);
    });
    return own;
  }

  async #answer(stream: StreamName, events: readonly SealedEvent[], expected: ExpectedRevision): Promise<AppendResult> {
    try {
      return await this.#append(stream, events, expected);
    } catch (error) {
      if (error instanceof LogUnavailable) return { ok: false, code: 'LOG_UNAVAILABLE', reason: error.message };
      throw error;
    }
  }

  async #append(stream: StreamName, events: readonly SealedEvent[], expected: ExpectedRevision): Promise<AppendResult> {
    const about = { stream, expected, ids: events.map(({ id }) => id) };
    for (let exact = isExact(expected) ? expected : null; ;) {
      const tried = exact === null ? null : await this.#tryUntilKnown(stream, events, exact);
      const outcome = await this.#after(tried, about);
      if (outcome.kind === 'answer') return outcome.result;
      exact = outcome.behind;
    }
  }

  async #after(tried: Known | null, { stream, expected, ids }: About): Promise<Outcome> {
    if (tried?.kind === 'refused') return { kind: 'answer', result: tried.result };
    if (tried?.kind === 'written') return { kind: 'answer', result: await this.#written(stream, ids, tried) };
    return answerOf(stream, expected, await this.#ids.find(stream, ids, tried?.actual));
  }

  /** Without an answer the same bytes go again, as often as the limit of a call allows. */
  async #tryUntilKnown(stream: StreamName, events: readonly SealedEvent[], exact: ExactRevision): Promise<Known> {
    const end = performance.now() + this.#connection.limits.callMs;
    for (let failures = 1; ; failures++) {
      const tried = await this.#inTurn(() => this.#try(stream, events, exact));
      if (tried.kind !== 'unknown') return tried;
      if (performance.now() > end || this.#connection.closed.aborted)
        throw await this.#connection.unreachable(tried.error);
      await this.#connection.pause(failures);
    }
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#underWay < AT_ONCE) this.#underWay += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#underWay -= 1;
    }
  }

  async #try(stream: StreamName, events: readonly SealedEvent[], exact: ExactRevision): Promise<Try> {
    const send = (client: KurrentDBClient): Promise<ServerAnswer> =>
      client.appendToStream(stream, events.map(toServerEvent), {
        streamState: exact === 'noStream' ? 'no_stream' : exact,
        requiresLeader: true,
        deadline: this.#connection.limits.appendMs,
      });
    try {
      const { nextExpectedRevision, position } = await this.#connection.once(send, isAnswer);
      this.#trouble = null;
      return {
        kind: 'written',
        position: position === undefined ? null : toPosition(position),
        lastRevision: nextExpectedRevision,
      };
    } catch (error) {
      return this.#afterFailure(stream, error);
    }
  }

  #afterFailure(stream: StreamName, error: unknown): Try {
    if (isConflict(error)) return { kind: 'conflict', actual: actualOf(error) };
    const { type = '', message = '' } = error as { type?: string; message?: string };
    if (type.endsWith('size-exceeded') || /exceeded Max Append Event Size/i.test(message))
      return refused('EVENT_TOO_LARGE', 'The event is larger than the server of the log takes.');
    if (type === 'stream-deleted' || type === 'stream-tombstoned')
      return refused('LOG_READ_ONLY', `The stream ${stream} was deleted at the server; it takes no more events.`);
    return this.#afterTrouble(error);
  }

  #afterTrouble(error: unknown): Try {
    const trouble = namedTrouble(error, this.#connection.address);
    if (trouble === null) return { kind: 'unknown', error };
    [this.#trouble, this.#troubledAt] = [trouble, performance.now()];
    return refused(trouble.code === 'LOG_DISK_FULL' ? 'LOG_DISK_FULL' : 'LOG_UNAVAILABLE', trouble.sentence);
  }

  async #written(
    stream: StreamName,
    ids: readonly EventId[],
    { position, lastRevision }: Extract<Try, { kind: 'written' }>,
  ): Promise<AppendResult> {
    this.#ids.wrote(stream, ids, lastRevision);
    const place = position ?? (await this.#readBack(stream, lastRevision));
    return { ok: true, position: place, lastRevision, alreadyThere: false };
  }
}

/** What an append comes to whose events were looked for: an answer, or another try behind the stream's last event. */
function answerOf(
  stream: StreamName,
  expected: ExpectedRevision,
  found: Found,
):
  | { readonly kind: 'answer'; readonly result: AppendResult }
  | { readonly kind: 'try'; readonly behind: ExactRevision } {
  switch (found.kind) {
    case 'all': {
      const { position, lastRevision } = found;
      return { kind: 'answer', result: { ok: true, position, lastRevision, alreadyThere: true } };
    }
    case 'part':
      return { kind: 'answer', result: idTaken(stream, found.revision) };
    case 'none':
      return isExact(expected) || (expected === 'streamExists' && found.last === null)
        ? { kind: 'answer', result: { ok: false, code: 'REVISION_CONFLICT', actual: found.last } }
        : { kind: 'try', behind: found.last ?? 'noStream' };
  }
}

function isExact(expected: ExpectedRevision): expected is ExactRevision {
  return expected === 'noStream' || typeof expected === 'bigint';
}

function isConflict(error: unknown): error is WrongExpectedVersionError {
  return (error as { type?: string } | null)?.type === 'wrong-expected-version';
}

/** The server says a revision, or in words that there is no stream. */
function actualOf({ actualState }: WrongExpectedVersionError): Revision | null {
  return typeof actualState === 'bigint' ? actualState : null;
}

function isAnswer(error: unknown): boolean {
  return ANSWERS.has((error as { type?: string } | null)?.type ?? '');
}

function refused(code: 'EVENT_TOO_LARGE' | 'LOG_READ_ONLY' | 'LOG_DISK_FULL' | 'LOG_UNAVAILABLE', reason: string): Try {
  return { kind: 'refused', result: { ok: false, code, reason } };
}

function idTaken(stream: StreamName, revision: Revision): AppendResult {
  const reason = `One of the ids stands at revision ${revision} of ${stream} already.`;
  return { ok: false, code: 'EVENT_ID_TAKEN', reason };
}
