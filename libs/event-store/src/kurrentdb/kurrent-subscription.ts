import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { AllStreamSubscription, KurrentDBClient } from '@kurrent/kurrentdb-client';
import type { Position, RecordedEvent, SubscribeAllOptions } from '../event-store';
import type { KurrentConnection } from './kurrent-connection';
import { fromPosition as placeOf, isBehind, toPosition } from './kurrent-position';
import type { LogPlace } from './kurrent-position';
import { asUnsealed, toRecorded } from './server-event';

/** Events that may wait in memory while the consumer works. */
const WAITING = 500;
/** The end is reached when nothing has come for this long, ms: what one append wrote arrives in pieces. */
const QUIET_MS = 10;
/** After so many failures in a row it is found out and told why. */
const FAILURES_TOLD = 3;

/** The consumer's own error, told apart from those of the connection. */
class ConsumerFailed extends Error {
  readonly reason: unknown;

  constructor(reason: unknown) {
    super('The consumer of a subscription failed.');
    this.reason = reason;
  }
}

export interface FollowOptions extends SubscribeAllOptions {
  /** Events that Deskside has not sealed, which no other consumer sees. */
  readonly onForeign?: (event: RecordedEvent) => Promise<void>;
}

/** Where one call of `subscribeAll` stands: kept over all its connections. */
interface Progress {
  position: Position | null;
  announced: Position | null | undefined;
  failures: number;
}

/**
 * Runs one `subscribeAll` until its signal or a rejection of the consumer. A connection that ends, with an error or
 * without, is followed by the next one behind the last event that was handed over; what comes twice is dropped. Types are
 * chosen here and not at the server, so that the position moves over events that the filter drops.
 */
export async function followAll(connection: KurrentConnection, options: FollowOptions): Promise<void> {
  const progress: Progress = { position: options.after, announced: undefined, failures: 0 };
  const { signal } = options;
  while (!signal.aborted) {
    const { client } = connection;
    try {
      await followOnce(connection, options, progress);
      progress.failures += 1;
    } catch (error) {
      if (error instanceof ConsumerFailed) throw error.reason;
      progress.failures += 1;
      // Says why, for whoever looks; the next answer takes it away.
      if (progress.failures === FAILURES_TOLD && !signal.aborted) await connection.unreachable(error);
    }
    connection.unanswered(client);
    if (!signal.aborted) await connection.pause(progress.failures);
  }
}

/** Settles when the server lets this account follow all events. @throws with gRPC's own status, which reads do not show. */
export async function mayFollowAll(client: KurrentDBClient): Promise<void> {
  const subscription = client.subscribeToAll({ fromPosition: 'end' });
  // What comes after the answer is for nobody, and must end no process.
  subscription.on('error', () => undefined);
  try {
    await once(subscription, 'confirmation');
  } finally {
    void subscription.unsubscribe().catch(() => undefined);
  }
}

async function followOnce(connection: KurrentConnection, options: FollowOptions, progress: Progress): Promise<void> {
  const filter = connection.package.excludeSystemEvents({ checkpointInterval: 1 });
  const fromPosition = progress.position === null ? ('start' as const) : placeOf(progress.position);
  const subscription = connection.client.subscribeToAll({ fromPosition, filter }, { highWaterMark: WAITING });
  const arrivals = new Arrivals(subscription, options.signal);
  try {
    for (;;) {
      const events = await arrivals.next(connection.limits.readMs);
      if (events === null) return;
      if (arrivals.isConfirmed) connection.answered();
      if (events.length > 0) await handOver(events, options, progress);
      if (arrivals.isCaughtUp && arrivals.isEmpty) await announce(arrivals, options, progress);
    }
  } finally {
    arrivals.close();
  }
}

async function handOver(arrived: readonly ServerArrival[], options: FollowOptions, progress: Progress): Promise<void> {
  const wanted: RecordedEvent[] = [];
  for (const event of arrived.map((arrival) => arrival.event)) {
    if (!isNews(event, progress)) continue;
    progress.position = toPosition(event.position);
    progress.failures = 0;
    const recorded = toRecorded(event);
    if (recorded === null) await consumed(() => options.onForeign?.(asUnsealed(event)));
    else if (isWanted(recorded, options.types)) wanted.push(recorded);
  }
  if (wanted.length > 0) await consumed(() => options.onEvents(wanted));
}

/** After a lost connection some events come twice. */
function isNews(event: ServerArrival['event'], progress: Progress): event is PlacedEvent {
  return event?.position !== undefined && isBehind(event.position, progress.position);
}

function isWanted({ type }: RecordedEvent, types: readonly string[] | undefined): boolean {
  return types === undefined || types.includes(type);
}

async function announce(arrivals: Arrivals, options: FollowOptions, progress: Progress): Promise<void> {
  progress.failures = 0;
  if (progress.announced === progress.position || !(await arrivals.isQuiet())) return;
  progress.announced = progress.position;
  await consumed(() => options.onCaughtUp?.(progress.position));
}

async function consumed(work: () => void | Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new ConsumerFailed(error);
  }
}

type PlacedEvent = Parameters<typeof toRecorded>[0] & { readonly position: LogPlace };

type ServerArrival = NonNullable<ReturnType<AllStreamSubscription['read']>> & {
  readonly event?: Parameters<typeof toRecorded>[0];
};

/** What a subscription of the package brings, taken as it comes and not faster than it is asked for. */
class Arrivals {
  readonly #subscription: AllStreamSubscription;
  readonly #signal: AbortSignal;
  #wake: () => void = () => undefined;
  #over = false;
  #error: unknown;
  isConfirmed = false;
  isCaughtUp = false;

  constructor(subscription: AllStreamSubscription, signal: AbortSignal) {
    this.#subscription = subscription;
    this.#signal = signal;
    subscription
      .on('confirmation', () => this.#changed(() => (this.isConfirmed = true)))
      .on('caughtUp', () => this.#changed(() => (this.isCaughtUp = true)))
      .on('fellBehind', () => this.#changed(() => (this.isCaughtUp = false)))
      .on('readable', () => this.#changed(() => undefined))
      .on('end', () => this.#changed(() => (this.#over = true)))
      .on('close', () => this.#changed(() => (this.#over = true)))
      .on('error', (error) => this.#changed(() => (this.#error = error ?? new Error('The subscription ended.'))));
    signal.addEventListener('abort', this.#aborted);
  }

  get isEmpty(): boolean {
    return this.#subscription.readableLength === 0;
  }

  /**
   * All that has come; empty when something else has changed; null when the subscription is over. What came before an
   * error is handed over first. @throws the error, and when nothing at all was heard for `firstWordMs`.
   */
  async next(firstWordMs: number): Promise<readonly ServerArrival[] | null> {
    const events = this.#take();
    if (events.length > 0) return events;
    if (this.#signal.aborted) return null;
    if (this.#error !== undefined) throw this.#error;
    if (this.#over) return null;
    const isHeard = await this.#change(this.isConfirmed ? null : firstWordMs);
    if (!isHeard) throw new Error(`No word within ${firstWordMs} ms`);
    return this.#take();
  }

  /** True when nothing comes for a moment. */
  async isQuiet(): Promise<boolean> {
    await pause(QUIET_MS, undefined, { signal: this.#signal }).catch(() => undefined);
    return this.isEmpty && this.isCaughtUp && !this.#over && this.#error === undefined && !this.#signal.aborted;
  }

  close(): void {
    this.#signal.removeEventListener('abort', this.#aborted);
    // The package ends its stream a turn later; until then an error may still come, for nobody.
    void this.#subscription.unsubscribe().catch(() => undefined);
  }

  readonly #aborted = (): void => this.#changed(() => undefined);

  #take(): ServerArrival[] {
    const events: ServerArrival[] = [];
    for (let event = this.#subscription.read(); event !== null; event = this.#subscription.read())
      events.push(event as ServerArrival);
    return events;
  }

  #changed(change: () => void): void {
    change();
    this.#wake();
  }

  async #change(withinMs: number | null): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const heard = await new Promise<boolean>((settle) => {
      this.#wake = () => settle(true);
      if (withinMs !== null) timer = setTimeout(() => settle(false), withinMs);
    });
    clearTimeout(timer);
    this.#wake = () => undefined;
    return heard;
  }
}
