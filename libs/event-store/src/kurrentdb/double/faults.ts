/**
 * What the double does with one append instead of answering. `refuse`: UNAVAILABLE, nothing stored. `drop…`: the connection
 * is cut, before or after the events were stored, or in the middle of sending. `silent…`: no answer ever. `late`: stored,
 * answered after a while. `busy`, `timeout`: the server's own words; a timeout may have stored. `notLeader`: points to
 * itself. `noPosition`: a success without the position.
 */
export type AppendFault =
  | 'refuse'
  | 'dropBefore'
  | 'dropAfter'
  | 'silentBefore'
  | 'silentAfter'
  | 'late'
  | 'busy'
  | 'timeoutBefore'
  | 'timeoutAfter'
  | 'notLeader'
  | 'noPosition';

/** What the double does with one read. */
export type ReadFault = 'refuse' | 'dropInside' | 'silent' | 'notLeader';

/** How a subscription ends after a number of events. */
export type SubscriptionFault = 'endWithError' | 'endWithoutError' | 'drop' | 'fallBehind';

/** Decides what goes wrong; asked once for each call, in the order in which they come. */
export interface FaultPlan {
  append(): AppendFault | null;
  read(): ReadFault | null;
  /** After how many events, and how, the subscription that begins now ends; null when it stays. */
  subscription(): { readonly after: number; readonly fault: SubscriptionFault } | null;
  /** How long a late answer takes, ms. */
  lateMs(): number;
}

export const NO_FAULTS: FaultPlan = {
  append: () => null,
  read: () => null,
  subscription: () => null,
  lateMs: () => 0,
};

export const appendFaults: readonly AppendFault[] = [
  ...(['refuse', 'dropBefore', 'dropAfter', 'silentBefore', 'silentAfter', 'late'] as const),
  ...(['busy', 'timeoutBefore', 'timeoutAfter', 'notLeader', 'noPosition'] as const),
];
export const readFaults: readonly ReadFault[] = ['refuse', 'dropInside', 'silent', 'notLeader'];
export const subscriptionFaults: readonly SubscriptionFault[] = [
  ...(['endWithError', 'endWithoutError', 'drop', 'fallBehind'] as const),
];

/** Faults at random from a seed, and a count of each, so that a run can say what it met. */
export class SeededFaults implements FaultPlan {
  readonly met: Partial<Record<AppendFault | `read:${ReadFault}` | `subscription:${SubscriptionFault}`, number>> = {};
  readonly #random: () => number;
  /** Share of appends that meet a fault, 0..1; reads a quarter of that, and subscriptions twice as many. */
  readonly #rate: number;

  constructor(random: () => number, rate: number) {
    this.#random = random;
    this.#rate = rate;
  }

  append(): AppendFault | null {
    return this.#count(this.#pick(appendFaults, this.#rate), (fault) => fault);
  }

  read(): ReadFault | null {
    return this.#count(this.#pick(readFaults, this.#rate / 4), (fault) => `read:${fault}` as const);
  }

  subscription(): { readonly after: number; readonly fault: SubscriptionFault } | null {
    const fault = this.#count(
      this.#pick(subscriptionFaults, this.#rate * 2),
      (kind) => `subscription:${kind}` as const,
    );
    return fault === null ? null : { after: Math.floor(this.#random() * 10), fault };
  }

  lateMs(): number {
    return 1 + Math.floor(this.#random() * 20);
  }

  #pick<F>(faults: readonly F[], rate: number): F | null {
    return this.#random() < rate ? (faults[Math.floor(this.#random() * faults.length)] ?? null) : null;
  }

  #count<F>(fault: F | null, name: (fault: F) => keyof SeededFaults['met']): F | null {
    if (fault !== null) this.met[name(fault)] = (this.met[name(fault)] ?? 0) + 1;
    return fault;
  }
}
