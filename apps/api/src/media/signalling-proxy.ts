import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { RequestHandler, Response } from 'express';
import { proxyFetch, proxyUpgrade } from 'httpxy';
import type { EndpointSockets } from '../graphql/endpoint-sockets';
import type { EventHub } from '../live-feed/event-hub';
import type { PublicUrl } from '../node/public-url';
import { endConnection, refuseUpgrade } from '../web/refuse-upgrade';
import type { MediaReconciler } from './reconciler';
import { SignallingDoor } from './signalling-door';
import type { DoorParts, Entry, TurnedAway } from './signalling-door';
import { SignallingPlaces } from './signalling-places';
import { followRemovals } from './signalling-removals';

const root = 'media';
export const signallingRoot = `/${root}`;

/** The way in for a browser, and the question why it failed. Everything else of LiveKit is for the API alone. */
const joins = /^\/media(\/rtc(?:\/v1)?(?:\?.*)?)$/;
const validates = /^\/media(\/rtc(?:\/v1)?\/validate(?:\?.*)?)$/;

/** How long LiveKit may take to answer at all, milliseconds. */
const patience = 10_000;

interface Parts extends DoorParts {
  readonly hub: Pick<EventHub, 'onType'>;
  readonly mediaReconciler: Pick<MediaReconciler, 'expectArrival'>;
  readonly log: { error(message: string, error: unknown): void };
}

/** LiveKit's signalling under the origin of the API, so that one certificate serves all and no other port is needed. */
export class SignallingProxy {
  readonly #parts: Parts;
  readonly #places = new SignallingPlaces();
  readonly #door: SignallingDoor;
  readonly #stop: () => void;

  constructor(parts: Parts, publicUrl: PublicUrl) {
    this.#parts = parts;
    this.#door = new SignallingDoor(parts, publicUrl, this.#places);
    const look = (room: string): void => parts.mediaReconciler.expectArrival(room);
    this.#stop = followRemovals({ ...parts, places: this.#places, look });
  }

  listen(sockets: Pick<EndpointSockets, 'leave'>): void {
    sockets.leave(root, (request, socket, head) => {
      // A stranger who goes away in the middle is no fault of ours.
      socket.on('error', () => socket.destroy());
      void this.#upgrade(request, socket, head);
    });
  }

  /** Ends what is open; the server would wait for it. */
  close(): void {
    this.#stop();
    this.#places.close();
  }

  /** Answers GET below `/media`; what is not LiveKit's to answer goes on. */
  answer(): RequestHandler {
    return (request, response, next) => {
      const path = validates.exec(request.originalUrl)?.[1];
      if (request.method !== 'GET' || path === undefined) return next();
      this.#validate(request, path, response).catch(() => response.status(502).end());
    };
  }

  async #validate(request: IncomingMessage, path: string, response: Response): Promise<void> {
    const entry = await this.#open(request, path, () => undefined);
    if (typeof entry === 'number') return void response.status(entry).end();
    try {
      const headers = { authorization: `Bearer ${entry.token}` };
      const answer = await proxyFetch(entry.target, `${entry.target}${entry.path}`, { headers }, { timeout: patience });
      response
        .status(answer.status)
        .type('text/plain')
        .send(await answer.text());
    } finally {
      this.#places.leave(entry.place);
    }
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const path = joins.exec(request.url ?? '')?.[1];
    if (path === undefined) return refuseUpgrade(socket, 404);
    const entry = await this.#open(request, path, () => socket.destroy());
    if (typeof entry === 'number') return refuseUpgrade(socket, entry);
    const leave = (): void => this.#places.leave(entry.place);
    socket.once('close', leave);
    if (socket.destroyed) return leave();
    await this.#join(request, { socket, head }, entry);
    // From here on LiveKit may have them in the room, whatever has become of the way.
    this.#parts.mediaReconciler.expectArrival(entry.place.room);
  }

  async #join(
    request: IncomingMessage,
    { socket, head }: { readonly socket: Duplex; readonly head: Buffer },
    entry: Entry,
  ): Promise<void> {
    request.url = entry.path;
    request.headers = headersFor(request.headers, entry.token);
    try {
      const options = { changeOrigin: true, xfwd: false, upgradeTimeout: patience };
      join(socket, await proxyUpgrade(entry.target, request, socket, head, options));
      if (!(await this.#door.isStillOpen(entry))) return void socket.destroy();
      entry.place.state = 'open';
    } catch {
      // What LiveKit answered has been passed on, or it did not answer: the browser asks /validate why.
      endConnection(socket);
    }
  }

  async #open(request: IncomingMessage, path: string, cut: () => void): Promise<Entry | TurnedAway> {
    try {
      return await this.#door.open(request, path, cut);
    } catch (error) {
      // Nobody comes in unasked while the log or the media server cannot be asked.
      this.#parts.log.error('signalling not checked', error);
      return 503;
    }
  }
}

/** LiveKit gets what a WebSocket needs and nothing else: no sign-in, no address of a person, in whatever header. */
function headersFor(headers: IncomingHttpHeaders, token: string): IncomingHttpHeaders {
  const needed = Object.entries(headers).filter(([name]) =>
    /^(host|connection|upgrade|user-agent|sec-websocket-)/.test(name),
  );
  return { ...Object.fromEntries(needed), authorization: `Bearer ${token}` };
}

/** One that is gone takes the other with it; a pipe ends its far side only after a clean end. */
function join(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => to.destroy()).on('close', () => to.destroy());
    if (from.destroyed) to.destroy();
  }
}
