import type { Release } from './held-counts';

interface Place {
  readonly owner: string;
  readonly end: () => void;
}

/**
 * Places that nobody is refused: when there are too many, the oldest gives way. Whoever fills them with what stays silent
 * shuts out nobody, because a place that is used is needed for a moment only.
 */
export class GivingWay {
  readonly #places = new Set<Place>();
  readonly #byOwner = new Map<string, Set<Place>>();

  constructor(private readonly limits: { readonly most: number; readonly mostOfOwner: number }) {}

  get size(): number {
    return this.#places.size;
  }

  /** @param end called when this place has to give way */
  take(owner: string, end: () => void): Release {
    const place: Place = { owner, end };
    const own = this.#byOwner.get(owner) ?? new Set();
    this.#byOwner.set(owner, own.add(place));
    this.#places.add(place);
    if (own.size > this.limits.mostOfOwner) this.#oldestGoes(own);
    else if (this.#places.size > this.limits.most) this.#oldestGoes(this.#places);
    return () => this.#leave(place);
  }

  #oldestGoes(places: ReadonlySet<Place>): void {
    const [oldest] = places;
    if (oldest === undefined) return;
    this.#leave(oldest);
    oldest.end();
  }

  #leave(place: Place): void {
    this.#places.delete(place);
    const own = this.#byOwner.get(place.owner);
    own?.delete(place);
    if (own?.size === 0) this.#byOwner.delete(place.owner);
  }
}
