import type { LocalTrack, LocalTrackPublication, Room, Track, TrackPublishOptions } from 'livekit-client';
import { ConnectionState, RoomEvent } from 'livekit-client';
import { Subject, firstValueFrom, merge, timer } from 'rxjs';
import { filter, map } from 'rxjs/operators';
import { backOff } from './back-off';
import { maySend } from './right-to-send';

/** `rightNotGiven`: the media server did not allow it in time. `stopped`: withdrawn before it was published. */
export type PublishResult =
  { readonly ok: true } | { readonly ok: false; readonly reason: 'rightNotGiven' | 'stopped' | 'failed' };

/** A capture that is to be published for as long as it lives, over every loss of the connection. */
export interface Wanted {
  readonly source: Track.Source;
  readonly track: LocalTrack;
  /** Read at each publishing: changed when the display mode changes. */
  options: TrackPublishOptions;
}

export type Publication = 'published' | 'interrupted' | 'rightRemoved' | 'withdrawn';

interface Keeping {
  readonly wanted: Wanted;
  /** Published, and the right seen, in the present join: only then does a missing right mean that it was taken away. */
  live: boolean;
  busy: boolean;
  failures: number;
}

const rightWithinMs = 10_000;

/**
 * What should be published, compared with what is at every join, reconnection and change of rights. A capture is taken
 * over as it stands, so nobody is asked again.
 */
export class Publications {
  readonly #room: Room;
  readonly #kept = new Map<Wanted, Keeping>();
  readonly #changes = new Subject<{ wanted: Wanted; now: Publication }>();

  constructor(room: Room) {
    this.#room = room;
    room
      .on(RoomEvent.Connected, () => this.#compareAll())
      .on(RoomEvent.Reconnected, () => this.#compareAll())
      .on(RoomEvent.Reconnecting, () => this.#interrupt())
      .on(RoomEvent.Disconnected, () => this.#interrupt())
      .on(RoomEvent.ParticipantPermissionsChanged, (_, participant) => {
        if (participant.isLocal) this.#compareAll();
      })
      .on(RoomEvent.LocalTrackUnpublished, (publication) => this.#lost(publication));
  }

  /** @returns once it is published, or why it is not; then it is no longer wanted */
  async publish(wanted: Wanted, withinMs = rightWithinMs): Promise<PublishResult> {
    const keeping: Keeping = { wanted, live: false, busy: false, failures: 0 };
    this.#kept.set(wanted, keeping);
    const settled = firstValueFrom(
      merge(this.#of(wanted), timer(withinMs).pipe(map(() => 'late' as const))).pipe(
        filter((now) => now !== 'interrupted'),
      ),
    );
    void this.#compare(keeping);
    const now = await settled;
    if (now === 'published') return { ok: true };
    if (now !== 'late') return { ok: false, reason: now === 'withdrawn' ? 'stopped' : 'rightNotGiven' };
    this.#kept.delete(wanted);
    const allowed = maySend(this.#room.localParticipant.permissions, wanted.source);
    return { ok: false, reason: allowed ? 'failed' : 'rightNotGiven' };
  }

  /** What becomes of it from now on. */
  changesOf(wanted: Wanted): Subject<Publication> {
    const changes = new Subject<Publication>();
    this.#of(wanted).subscribe(changes);
    return changes;
  }

  /** Takes it back. The capture itself is its owner's. */
  async withdraw(wanted: Wanted): Promise<void> {
    if (this.#kept.delete(wanted)) this.#changes.next({ wanted, now: 'withdrawn' });
    await this.#room.localParticipant.unpublishTrack(wanted.track, false).catch(() => undefined);
  }

  #of(wanted: Wanted): ReturnType<Subject<Publication>['asObservable']> {
    return this.#changes.pipe(
      filter((change) => change.wanted === wanted),
      map(({ now }) => now),
    );
  }

  #compareAll(): void {
    for (const keeping of this.#kept.values()) void this.#compare(keeping);
  }

  async #compare(keeping: Keeping): Promise<void> {
    const { wanted } = keeping;
    if (this.#room.state !== ConnectionState.Connected || keeping.busy || !this.#kept.has(wanted)) return;
    if (!maySend(this.#room.localParticipant.permissions, wanted.source)) return this.#withoutRight(keeping);
    if (this.#isPublished(wanted)) return this.#isLive(keeping);
    keeping.busy = true;
    const published = await this.#tryToPublish(wanted);
    keeping.busy = false;
    if (published) return this.#isLive(keeping);
    keeping.failures += 1;
    setTimeout(() => void this.#compare(keeping), backOff(keeping.failures, Math.random()));
  }

  async #tryToPublish(wanted: Wanted): Promise<boolean> {
    try {
      const publication = await this.#room.localParticipant.publishTrack(wanted.track, {
        ...wanted.options,
        source: wanted.source,
      });
      // Withdrawn while it was on its way.
      if (!this.#kept.has(wanted)) await this.#room.localParticipant.unpublishTrack(wanted.track, false);
      return publication.track !== undefined;
    } catch {
      return false;
    }
  }

  #isPublished({ track }: Wanted): boolean {
    return [...this.#room.localParticipant.trackPublications.values()].some(
      (publication) => publication.track === track,
    );
  }

  #isLive(keeping: Keeping): void {
    keeping.failures = 0;
    if (keeping.live || !this.#kept.has(keeping.wanted)) return;
    keeping.live = true;
    this.#changes.next({ wanted: keeping.wanted, now: 'published' });
  }

  #withoutRight({ wanted, live }: Keeping): void {
    if (!live) return;
    this.#kept.delete(wanted);
    this.#changes.next({ wanted, now: 'rightRemoved' });
  }

  #interrupt(): void {
    for (const keeping of this.#kept.values()) {
      if (keeping.live) this.#changes.next({ wanted: keeping.wanted, now: 'interrupted' });
      keeping.live = false;
    }
  }

  /** The server ended the track. The change of rights that explains it comes a moment later; else it is published again. */
  #lost({ track }: LocalTrackPublication): void {
    const keeping = [...this.#kept.values()].find(({ wanted }) => wanted.track === track);
    if (keeping !== undefined) setTimeout(() => void this.#compare(keeping), backOff(1, 1));
  }
}
