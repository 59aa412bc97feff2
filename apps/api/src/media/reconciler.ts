import { setTimeout as pause } from 'node:timers/promises';
import type { SupportSession, SupportSessionCommand } from '@deskside/domain';
import type { MediaEvent, MediaServer } from '@deskside/media/server';
import { isCommandId } from '../command-path/command-id';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import type { EventHub } from '../live-feed/event-hub';
import type { Sessions } from '../support-session/sessions';
import { Arrivals } from './arrivals';
import { barring, ending, leaving, sessionOf } from './removal-events';
import { maySendScreen } from './room-comparison';
import { RoomKeeper } from './room-keeper';
import type { RoomParts } from './room-keeper';

/** The media server with what it tells of itself. */
export interface WatchedMedia {
  readonly server: MediaServer;
  readonly state: { readonly status: string };
  onChange(listener: (state: { readonly status: string }) => void): () => void;
  onMediaEvent(listener: (event: MediaEvent) => void): () => void;
}

interface Parts {
  readonly media: WatchedMedia;
  readonly sessions: Sessions;
  readonly hub: EventHub;
  readonly mayServe: (accountId: string) => Promise<boolean>;
  readonly onFailure: (error: unknown) => void;
}

/** Commands after which somebody may have too much in his room. */
const lowering: ReadonlySet<SupportSessionCommand['type']> = new Set([
  ...(['RevokePermission', 'EndPermission', 'LeaveAudio', 'LeaveSession', 'RemoveParticipant'] as const),
  ...(['EndSession', 'EndUnusedSession', 'ReportSession'] as const),
]);
/** Events after which rooms may have to be changed, by whichever node they were written. */
const changing = [
  ...['PermissionGranted', 'PermissionRevoked', 'PermissionEnded', 'AudioJoined', 'AudioLeft'],
  ...[...leaving, ending],
];
const sweepEvery = 15_000;
const sweepAgainAfter = 1000;
/** How often a Stop asks the media server until the picture is gone; milliseconds. */
const readBackEvery = 40;

/**
 * Keeps the media server equal to the log. Lowered is at once, by the node that took the command; raised only after an
 * event has come back by the `$all` feed and the session was read again. What the media server tells is a reason to look,
 * and all rooms are looked at when it comes up and every quarter of a minute, so nothing depends on being told.
 */
export class MediaReconciler {
  readonly #parts: Parts;
  readonly #roomParts: RoomParts;
  readonly #keepers = new Map<string, RoomKeeper>();
  readonly #arrivals = new Arrivals((room) => this.#look(room));
  #stops: readonly (() => void)[] = [];
  #sweepTimer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { media, sessions, mayServe, onFailure } = parts;
    this.#roomParts = {
      server: media.server,
      sessions,
      mayServe,
      onFailure,
      isReady: () => media.state.status === 'ready',
    };
  }

  start(): void {
    const { media, sessions, hub } = this.#parts;
    this.#stops = [
      sessions.onHandled((sessionId, type, session) => this.#afterCommand(sessionId, type, session)),
      ...changing.map((type) => hub.onType(type, ({ recorded }) => this.#look(sessionOf(recorded)))),
      ...barring.map((type) => hub.onType(type, () => void this.#sweep())),
      media.onMediaEvent(({ room }) => room !== null && this.#look(room)),
      media.onChange(({ status }) => status === 'ready' && void this.#sweep()),
    ];
    void this.#sweep();
  }

  close(): void {
    this.#closed = true;
    for (const stop of this.#stops) stop();
    clearTimeout(this.#sweepTimer);
    this.#arrivals.close();
    for (const keeper of this.#keepers.values()) keeper.close();
  }

  /** Settles once the room was compared with its session. @returns whether both are equal */
  async compare(room: string): Promise<boolean> {
    // Only sessions have rooms of ours.
    if (!isCommandId(room) || this.#closed) return false;
    const keeper = this.#keeperOf(room);
    const equal = await keeper.compare();
    if (keeper.isIdle) this.#keepers.delete(room);
    return equal;
  }

  /** The media server is just letting somebody in, or has. */
  expectArrival(room: string): void {
    if (!this.#closed) this.#arrivals.expect(room);
  }

  /**
   * Whether the media server neither carries nor would carry the owner's screen, read back from it. False too when it
   * cannot be asked.
   */
  async isStopped(sessionId: string, grantId: string, ownerId: string): Promise<Outcome<boolean>> {
    const grants = (await this.#parts.sessions.find(sessionId))?.grants ?? {};
    const grant = Object.hasOwn(grants, grantId) ? grants[grantId] : undefined;
    if (grant === undefined) return refused('GRANT_NOT_FOUND');
    if (grant.ownerId !== ownerId) return refused('NOT_ALLOWED');
    return done(grant.ended !== null && (await this.#showsNoScreen(sessionId, ownerId)));
  }

  /** The same after a Stop, once it is so, but no longer than `most` milliseconds. */
  async waitUntilStopped(sessionId: string, ownerId: string, most: number): Promise<boolean> {
    const end = new AbortController();
    const over = pause(most, false, { signal: end.signal, ref: false }).catch(() => false);
    try {
      return await Promise.race([this.#untilStopped(sessionId, ownerId, end.signal), over]);
    } finally {
      end.abort();
    }
  }

  async #untilStopped(sessionId: string, ownerId: string, end: AbortSignal): Promise<boolean> {
    // The last raise that may still have been on its way is over after this.
    await this.compare(sessionId);
    while (this.#roomParts.isReady() && !end.aborted) {
      if (await this.#showsNoScreen(sessionId, ownerId)) return true;
      await pause(readBackEvery, undefined, { ref: false });
    }
    return false;
  }

  async #showsNoScreen(room: string, ownerId: string): Promise<boolean> {
    try {
      const present = await this.#parts.media.server.participants(room);
      return !present.some((participant) => participant.identity === ownerId && maySendScreen(participant));
    } catch {
      return false;
    }
  }

  #afterCommand(room: string, type: SupportSessionCommand['type'], session: SupportSession): void {
    if (!lowering.has(type) || session.status === 'absent' || !this.#roomParts.isReady()) return;
    void this.#keeperOf(room).lower(session);
    this.#look(room);
  }

  #look(room: string): void {
    if (this.#roomParts.isReady()) void this.compare(room);
  }

  #keeperOf(room: string): RoomKeeper {
    const keeper = this.#keepers.get(room) ?? new RoomKeeper(room, this.#roomParts);
    this.#keepers.set(room, keeper);
    return keeper;
  }

  async #sweep(): Promise<void> {
    clearTimeout(this.#sweepTimer);
    // One that came to its end by a try of its own was not asked for it.
    for (const [room, keeper] of this.#keepers) if (keeper.isIdle) this.#keepers.delete(room);
    if (this.#closed || !this.#roomParts.isReady()) return;
    const swept = await this.#compareAll().catch(() => false);
    if (this.#closed) return;
    clearTimeout(this.#sweepTimer);
    this.#sweepTimer = setTimeout(() => void this.#sweep(), swept ? sweepEvery : sweepAgainAfter).unref();
  }

  async #compareAll(): Promise<boolean> {
    const rooms = await this.#parts.media.server.listRooms();
    // One after the other: nobody waits for this, and others wait for the server.
    for (const room of rooms) await this.compare(room);
    return true;
  }
}
