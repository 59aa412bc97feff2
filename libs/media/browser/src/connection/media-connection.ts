import { ConnectionState, DisconnectReason, LoggerNames, LogLevel, Room, RoomEvent, setLogLevel } from 'livekit-client';
import { BehaviorSubject, firstValueFrom } from 'rxjs';
import { filter } from 'rxjs/operators';
import type { Current } from '../current';
import { Audience } from './audience';
import { backOff, pause } from './back-off';
import { mediaPathLives, reconnectPolicy } from './media-path';
import { Publications } from './publications';

/** What opens the room of the session. A token lives a minute or two and is good for one join. */
export interface MediaAccess {
  /** Where the signalling goes: `signallingUrl(location.origin)`. */
  readonly url: string;
  readonly token: string;
  readonly identity: string;
}

/** Thrown by the function that fetches the access, to say that asking again is of no use: the session has ended, or the participant left it. */
export class MediaRefused extends Error {
  readonly code: string;

  constructor(code: string) {
    super(`No access to the media room: ${code}`);
    this.name = 'MediaRefused';
    this.code = code;
  }
}

/** `failed` is final: access was refused, or another window of the same participant took the place. Everything else is tried again for ever. */
export type MediaState = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'failed';
export type ConnectionFailure =
  { readonly reason: 'refused'; readonly code: string } | { readonly reason: 'elsewhere' };

// Its engine calls it an error when the server closes the room of a session that has ended a moment before this page has
// heard of the end. Every loss of the way is answered here, by `state`.
setLogLevel(LogLevel.silent, LoggerNames.Engine);

type AskForAccess = () => Promise<MediaAccess>;

const states: Partial<Record<ConnectionState, MediaState>> = {
  [ConnectionState.Connected]: 'connected',
  [ConnectionState.Reconnecting]: 'reconnecting',
  [ConnectionState.SignalReconnecting]: 'reconnecting',
};

/**
 * The way of one participant to the media room of one session. It stays until `disconnect`: LiveKit's client mends what it
 * can for about 45 s (longer while picture and sound still travel), then the room is joined anew with a fresh token, with
 * growing pauses, for ever. Captures are not touched by any of that; what was published is published again.
 */
export class MediaConnection {
  readonly #state = new BehaviorSubject<MediaState>('idle');
  readonly #failure = new BehaviorSubject<ConnectionFailure | null>(null);
  readonly #people = new BehaviorSubject<readonly string[]>([]);
  readonly state: Current<MediaState> = this.#state;
  readonly failure: Current<ConnectionFailure | null> = this.#failure;
  /** Identities of the others in the room. */
  readonly people: Current<readonly string[]> = this.#people;
  /** @internal for the other parts of this library */
  readonly room: Room;
  /** @internal */
  readonly audience: Audience;
  /** @internal */
  readonly publications: Publications;
  #stay: AbortController | undefined;
  #access: AskForAccess | undefined;
  #joining = false;

  constructor() {
    const room: Room = new Room({
      adaptiveStream: false,
      dynacast: false,
      stopLocalTrackOnUnpublish: false,
      reconnectPolicy: reconnectPolicy(() => mediaPathLives(room)),
    });
    this.room = room;
    this.audience = new Audience(room);
    this.publications = new Publications(room);
    const countPeople = (): void => this.#people.next([...room.remoteParticipants.keys()]);
    room
      .on(RoomEvent.ConnectionStateChanged, (state) => this.#follow(state))
      .on(RoomEvent.Connected, countPeople)
      .on(RoomEvent.Reconnected, countPeople)
      .on(RoomEvent.ParticipantConnected, countPeople)
      .on(RoomEvent.ParticipantDisconnected, countPeople)
      .on(RoomEvent.Disconnected, (reason) => {
        countPeople();
        this.#lost(reason);
      });
  }

  /** @returns once joined for the first time, or given up: see `state`. Asks `access` before every join. */
  async connect(access: AskForAccess): Promise<void> {
    if (this.#stay === undefined) {
      this.#stay = new AbortController();
      this.#failure.next(null);
      this.#state.next('connecting');
      this.#access = access;
      void this.#join(this.#stay.signal);
    }
    await firstValueFrom(this.#state.pipe(filter((state) => state !== 'connecting' && state !== 'reconnecting')));
  }

  /** Leaves the room. The captures stay alive: they are their owners'. */
  async disconnect(): Promise<void> {
    this.#stay?.abort();
    this.#stay = undefined;
    this.#state.next('idle');
    await this.room.disconnect(false);
  }

  async #join(stay: AbortSignal): Promise<void> {
    if (this.#joining) return;
    this.#joining = true;
    for (let failures = 1; !stay.aborted; failures++) {
      const failure = await this.#tryToJoin(stay);
      if (failure === null || failure instanceof MediaRefused) {
        if (failure !== null && !stay.aborted) this.#giveUp({ reason: 'refused', code: failure.code });
        break;
      }
      await pause(backOff(failures, Math.random()), stay);
    }
    this.#joining = false;
    this.#joinAgainIfLeftMeanwhile();
  }

  async #tryToJoin(stay: AbortSignal): Promise<unknown> {
    try {
      const { url, token } = await (this.#access as AskForAccess)();
      if (stay.aborted) return null;
      await this.room.connect(url, token);
      if (stay.aborted) await this.room.disconnect(false);
      return null;
    } catch (error) {
      return error ?? new Error('The room could not be joined.');
    }
  }

  /** A connection that broke, or a new `connect`, while the last attempt was still on its way out. */
  #joinAgainIfLeftMeanwhile(): void {
    const stay = this.#stay;
    if (stay === undefined || this.room.state !== ConnectionState.Disconnected) return;
    if (this.#state.value === 'connected') this.#state.next('reconnecting');
    void this.#join(stay.signal);
  }

  #follow(state: ConnectionState): void {
    const now = states[state];
    if (now !== undefined && this.#stay !== undefined) this.#state.next(now);
  }

  #lost(reason: DisconnectReason | undefined): void {
    if (this.#stay === undefined || this.#joining) return;
    if (reason === DisconnectReason.DUPLICATE_IDENTITY) return this.#giveUp({ reason: 'elsewhere' });
    this.#state.next('reconnecting');
    void this.#join(this.#stay.signal);
  }

  #giveUp(failure: ConnectionFailure): void {
    this.#stay?.abort();
    this.#stay = undefined;
    this.#failure.next(failure);
    this.#state.next('failed');
  }
}
