import type { AttemptRules } from './failed-attempts';
import { GivingWay } from './giving-way';
import { HeldCount } from './held-counts';
import { LoopTurns } from './loop-turns';
import { RateLimit } from './rates';
import type { Rate } from './rates';

/** How often somebody may do something. Whoever is over it is refused until there are tokens again. */
export const rates = {
  requestsOfAddress: { burst: 5000, perSecond: 500 },
  requestsOfCaller: { burst: 400, perSecond: 40 },
  bytesOfAddress: { burst: 4_000_000, perSecond: 1_000_000 },
  socketsOpenedByAddress: { burst: 2000, perSecond: 100 },
  socketsOpenedByCustomer: { burst: 40, perSecond: 0.5 },
  socketsOpenedByStaff: { burst: 200, perSecond: 2 },
  messagesOfStrangersAtAddress: { burst: 2000, perSecond: 100 },
  messagesOfCustomer: { burst: 600, perSecond: 30 },
  messagesOfSocket: { burst: 1000, perSecond: 50 },
  feedsOpenedByCustomer: { burst: 60, perSecond: 1 },
  feedsOpenedByStaff: { burst: 1000, perSecond: 20 },
  entriesOfAddress: { burst: 600, perSecond: 10 },
  entriesOfAddressToSession: { burst: 60, perSecond: 0.5 },
  mediaAccessOfParticipant: { burst: 30, perSecond: 0.5 },
  typingOfParticipant: { burst: 40, perSecond: 5 },
  commandsOfKind: { burst: 60, perSecond: 1 },
  commandsInSession: { burst: 150, perSecond: 3 },
  commandsOfCustomers: { burst: 400, perSecond: 10 },
  bytesInSession: { burst: 1_000_000, perSecond: 8000 },
  signInsOfAccount: { burst: 60, perSecond: 0.2 },
  commandsOfStaff: { burst: 600, perSecond: 5 },
} as const satisfies Readonly<Record<string, Rate>>;

/** How many of something somebody may hold at the same time. */
export const holdings = {
  connections: 30_000,
  connectionsOfAddress: 2500,
  /** Nobody holds it: `web/bounded-requests.ts` counts, and reads the figure here. */
  requestsInFlightOfConnection: 4,
  requestsInFlightOfAddress: 1000,
  healthInFlightOfAddress: 200,
  requestsInFlightOfCaller: 60,
  refusalsDelayedOfAddress: 200,
  sockets: 20_000,
  socketsOfAddress: 2000,
  socketsOfCustomer: 16,
  socketsOfStaff: 60,
  feedsOfSocketOfCustomer: 24,
  feedsOfSocketOfStaff: 300,
  feedsOfKindOfCustomer: 8,
  feedsOfKindOfStaff: 300,
  feedsOfAddress: 20_000,
} as const satisfies Readonly<Record<string, number>>;

/** Connections that have not said whose they are: beyond it the oldest of them gives way. */
export const strangers = { strangers: 4000, strangersOfAddress: 300 } as const;

const quarterHour = 15 * 60;

/** How many wrong secrets are looked at, and from which on each takes its time. */
export const guesses = {
  passwordsFromAddressForAccount: { most: 30, slowFrom: 1, windowSeconds: quarterHour },
  passwordsFromAddress: { most: 300, slowFrom: 200, windowSeconds: quarterHour },
  passwordsForAccount: { most: Number.POSITIVE_INFINITY, slowFrom: 100, windowSeconds: quarterHour },
  passwordsAtKnownBrowser: { most: 30, slowFrom: 1, windowSeconds: quarterHour },
  sessionNumbersFromAddress: { most: 30, slowFrom: 1, windowSeconds: quarterHour },
} as const satisfies Readonly<Record<string, AttemptRules>>;

/** Passwords of one address that wait to be looked at: to look at one costs 19 MiB and a processor's while. */
export const passwordsWaiting = 100;
/** Passwords looked at at a time. */
export const passwordsAtOnce = 2;

export type RateName = keyof typeof rates;
export type HoldingName = keyof typeof holdings;

export interface LimitsOptions {
  readonly strangers?: Partial<Readonly<Record<keyof typeof strangers, number>>>;
  readonly rates?: Partial<Readonly<Record<RateName, Rate>>>;
  readonly holdings?: Partial<Readonly<Record<HoldingName, number>>>;
}

/** Everything that this node counts of those who use it, so that nobody can take it from the others. In memory only. */
export class Limits {
  readonly #rates: Readonly<Record<RateName, RateLimit>>;
  readonly #held: Readonly<Record<HoldingName, HeldCount>>;
  readonly strangers: GivingWay;
  /** Requests are begun one per address and turn. */
  readonly requests = new LoopTurns();
  /** Messages of live connections are taken one per person and turn; of strangers one per address. */
  readonly messages = new LoopTurns();

  /** @param options other figures than the standard ones, for tests and benchmarks */
  constructor(options: LimitsOptions = {}) {
    const allRates = { ...rates, ...options.rates };
    const allHoldings = { ...holdings, ...options.holdings };
    this.#rates = mapValues(allRates, (rate: Rate) => new RateLimit(rate));
    this.#held = mapValues(allHoldings, (most: number) => new HeldCount(most));
    const most = { ...strangers, ...options.strangers };
    this.strangers = new GivingWay({ most: most.strangers, mostOfOwner: most.strangersOfAddress });
  }

  rate(name: RateName): RateLimit {
    return this.#rates[name];
  }

  held(name: HoldingName): HeldCount {
    return this.#held[name];
  }

  /** Once a minute: what says nothing any more goes. */
  sweep(): void {
    for (const rate of Object.values(this.#rates)) rate.sweep();
  }
}

function mapValues<Key extends string, From, To>(
  from: Readonly<Record<Key, From>>,
  to: (value: From) => To,
): Readonly<Record<Key, To>> {
  return Object.fromEntries(Object.entries<From>(from).map(([key, value]) => [key, to(value)])) as Record<Key, To>;
}
