import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { RequestHandler, Response } from 'express';
import { proxyFetch, proxyUpgrade } from 'httpxy';
import type { MediaPlant } from '@deskside/media/server';
import type { EndpointSockets } from '../graphql/endpoint-sockets';
import { sameOrigin } from '../graphql/request-context';
import type { PublicUrl } from '../node/public-url';

const root = 'media';
export const signallingRoot = `/${root}`;

/** The way in for a browser, and the question why it failed. Everything else of LiveKit is for the API alone. */
const joins = /^\/media(\/rtc(?:\/v1)?(?:\?.*)?)$/;
const validates = /^\/media(\/rtc(?:\/v1)?\/validate(?:\?.*)?)$/;

/** How long LiveKit may take to answer at all, milliseconds. */
const patience = 10_000;

const reasons = { 403: 'Forbidden', 404: 'Not Found', 503: 'Service Unavailable' } as const;

/** LiveKit's signalling under the origin of the API, so that one certificate serves all and no other port is needed. */
export class SignallingProxy {
  readonly #open = new Set<Duplex>();

  constructor(
    private readonly media: Pick<MediaPlant, 'state'>,
    private readonly publicUrl: PublicUrl,
  ) {}

  listen(sockets: EndpointSockets): void {
    sockets.leave(root, (request, socket, head) => {
      // A stranger who goes away in the middle is no fault of ours.
      socket.on('error', () => socket.destroy());
      void this.#upgrade(request, socket, head);
    });
  }

  /** Ends what is open; the server would wait for it. */
  close(): void {
    for (const socket of this.#open) socket.destroy();
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
    const target = this.#target(request);
    if (typeof target === 'number') return void response.status(target).end();
    const { authorization } = request.headers;
    const headers = authorization === undefined ? {} : { authorization };
    const answer = await proxyFetch(target, `${target}${path}`, { headers }, { timeout: patience });
    response
      .status(answer.status)
      .type('text/plain')
      .send(await answer.text());
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const path = joins.exec(request.url ?? '')?.[1];
    if (path === undefined) return refuse(socket, 404);
    const target = this.#target(request);
    if (typeof target === 'number') return refuse(socket, target);
    request.url = path;
    forgetWhoAsks(request);
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    try {
      const options = { changeOrigin: true, xfwd: false, upgradeTimeout: patience };
      join(socket, await proxyUpgrade(target, request, socket, head, options));
    } catch {
      // What LiveKit answered has been passed on, or it did not answer: the browser asks /validate why.
      socket.end();
    }
  }

  /** Where LiveKit is, or the status by which the request is turned away. */
  #target(request: IncomingMessage): string | 403 | 503 {
    if (!sameOrigin(request, this.publicUrl.value)) return 403;
    const { state } = this.media;
    return state.status === 'ready' ? state.url : 503;
  }
}

function refuse(socket: Duplex, status: keyof typeof reasons): void {
  socket.end(`HTTP/1.1 ${status} ${reasons[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** LiveKit knows people by their token; their sign-in and their address are not for it, nor for its log. */
function forgetWhoAsks({ headers }: IncomingMessage): void {
  for (const name of ['cookie', 'x-forwarded-for', 'x-real-ip', 'forwarded']) delete headers[name];
}

/** One that is gone takes the other with it; a pipe ends its far side only after a clean end. */
function join(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const)
    from.on('error', () => to.destroy()).on('close', () => to.destroy());
}
