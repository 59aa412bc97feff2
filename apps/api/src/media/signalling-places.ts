/** How many ways in one participant may hold: LiveKit lets go of an older one as soon as it has a newer one. */
export const mostOfParticipant = 4;
/** In one room: far more people than any session has, and few enough to be nothing for this server. */
export const mostInRoom = 60;
/** LiveKit tells somebody whom it puts out why, and ends their signalling itself; milliseconds that it is given. */
const lastWord = 2000;

/** One way in to a media room that is being opened, or is open. */
export interface Place {
  readonly room: string;
  readonly identity: string;
  /** Of a member of staff, as soon as it is known. */
  accountId: string | null;
  /** `over`: whoever opens it must not go on. */
  state: 'opening' | 'open' | 'over';
  /** Cuts it off. */
  readonly end: () => void;
}

/** Every way in that goes through this node, so that it can be counted, and ended when its participant has to go. */
export class SignallingPlaces {
  readonly #byRoom = new Map<string, Set<Place>>();
  readonly #timers = new Map<Place, NodeJS.Timeout>();

  /** @returns null when there are too many */
  take(room: string, identity: string, end: () => void): Place | null {
    const inRoom = this.#byRoom.get(room) ?? new Set();
    const own = [...inRoom].filter((place) => place.identity === identity);
    if (own.length >= mostOfParticipant || inRoom.size >= mostInRoom) return null;
    const place: Place = { room, identity, accountId: null, state: 'opening', end };
    this.#byRoom.set(room, inRoom.add(place));
    return place;
  }

  /** It is closed, or was never opened. A second call changes nothing. */
  leave(place: Place): void {
    place.state = 'over';
    clearTimeout(this.#timers.get(place));
    this.#timers.delete(place);
    const inRoom = this.#byRoom.get(place.room);
    inRoom?.delete(place);
    if (inRoom?.size === 0) this.#byRoom.delete(place.room);
  }

  in(room: string): readonly Place[] {
    return [...(this.#byRoom.get(room) ?? [])];
  }

  ofAccount(accountId: string): readonly Place[] {
    return this.#all().filter((place) => place.accountId === accountId);
  }

  /**
   * Its participant has to go. One that is only being opened is cut off at once: LiveKit may not know them yet, and puts
   * nobody out whom it does not know. From an open one LiveKit's own goodbye must come first, or the page would take the
   * loss for a bad connection and try to come back.
   */
  turnOut(place: Place): void {
    if (place.state === 'opening') return this.#cut(place);
    if (this.#timers.has(place) || place.state === 'over') return;
    this.#timers.set(place, setTimeout(() => this.#cut(place), lastWord).unref());
  }

  /** The server ends. */
  close(): void {
    for (const place of this.#all()) this.#cut(place);
  }

  #cut(place: Place): void {
    this.leave(place);
    place.end();
  }

  #all(): readonly Place[] {
    return [...this.#byRoom.values()].flatMap((places) => [...places]);
  }
}
