import type { LogDamage, LogIntegrity } from '../event-store';

/**
 * What is known of the log: by the thread that reads it, and by others who know more of it. A damage stays, also when a
 * later thread has not come to it yet.
 */
export class KnownIntegrity {
  #said: LogIntegrity = { status: 'verifying', verifiedUpTo: null };
  #found: LogDamage | null = null;
  #told: LogDamage | null = null;

  get current(): LogIntegrity {
    return this.damage ?? this.#said;
  }

  /** The first one, unless the thread has come to the event that it is about. */
  get damage(): LogDamage | null {
    return this.#told !== null && !this.#found?.place ? this.#told : this.#found;
  }

  /** By the thread. @returns what is new: that the log is damaged at all, or that more is known of it; null when nothing is */
  find(integrity: LogIntegrity): 'damage' | 'more' | null {
    this.#said = integrity;
    if (integrity.status !== 'damaged') return null;
    const before = this.damage;
    const isKnown = [this.#found, this.#told].some((known) => known?.reason === integrity.reason);
    if (isKnown || (integrity.place === null && this.#found?.place)) return null;
    this.#found = integrity;
    return before === null ? 'damage' : 'more';
  }

  /** By others. @returns whether the log was not known to be damaged; else what is known already counts */
  tell(damage: LogDamage): boolean {
    if (this.damage !== null) return false;
    this.#told = damage;
    return true;
  }
}
