/** A bucket of tokens: `burst` at once, refilled by `perSecond`. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

interface Bucket {
  tokens: number;
  /** When `tokens` was right, milliseconds. */
  at: number;
}

/** Buckets kept for one rate. The least recently used goes first: its owner has not been heard of for the longest time. */
export const bucketsKept = 50_000;

/** How often each of many callers may do one thing. What is kept is bounded, however many callers there are. */
export class RateLimit {
  readonly #buckets = new Map<string, Bucket>();

  /** @param now milliseconds that never run backwards */
  constructor(
    private readonly rate: Rate,
    private readonly now: () => number = () => performance.now(),
    private readonly most: number = bucketsKept,
  ) {}

  /** Buckets in memory; for figures and tests. */
  get size(): number {
    return this.#buckets.size;
  }

  /**
   * Takes tokens of this caller.
   * @returns 0 when they were there; else, with nothing taken, the milliseconds until they will be
   */
  take(key: string, tokens = 1): number {
    const bucket = this.#bucket(key);
    if (bucket.tokens < tokens) return Math.ceil(((tokens - bucket.tokens) / this.rate.perSecond) * 1000);
    bucket.tokens -= tokens;
    return 0;
  }

  /** Takes what was used already; the caller waits until the debt is paid. */
  charge(key: string, tokens: number): void {
    this.#bucket(key).tokens -= tokens;
  }

  /** Forgets whoever has all their tokens again: they are as good as new. */
  sweep(): void {
    const now = this.now();
    for (const [key, bucket] of this.#buckets)
      if (this.#refilled(bucket, now) >= this.rate.burst) this.#buckets.delete(key);
  }

  #bucket(key: string): Bucket {
    const now = this.now();
    const kept = this.#buckets.get(key);
    const bucket = kept ?? { tokens: this.rate.burst, at: now };
    bucket.tokens = this.#refilled(bucket, now);
    bucket.at = now;
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > this.most) this.#dropOldest();
    return bucket;
  }

  #refilled({ tokens, at }: Bucket, now: number): number {
    return Math.min(this.rate.burst, tokens + ((now - at) / 1000) * this.rate.perSecond);
  }

  #dropOldest(): void {
    const oldest = this.#buckets.keys().next();
    if (!oldest.done) this.#buckets.delete(oldest.value);
  }
}
