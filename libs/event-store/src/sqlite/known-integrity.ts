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

  /** By the thread. @returns whether it is a damage that nobody has heard of yet */
  find(integrity: LogIntegrity): boolean {
    this.#said = integrity;
    if (integrity.status !== 'damaged') return false;
    const isKnown = [this.#found, this.#told].some((known) => known?.reason === integrity.reason);
    if (!isKnown && (integrity.place !== null || !this.#found?.place)) this.#found = integrity;
    return !isKnown;
  }

  /** By others. @returns the damage that counts */
  tell(damage: LogDamage): LogDamage {
    return this.damage ?? (this.#told = damage);
  }
}
