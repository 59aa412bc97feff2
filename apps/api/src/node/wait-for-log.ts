import type { RequestListener } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { LogUnavailable } from '@deskside/event-store';
import { callerNetwork } from '../graphql/request-context';
import { Hosts } from '../web/hosts';
import { createHttpServer } from '../web/http-server';
import type { HttpServer } from '../web/http-server';
import { inTurn, turnOf } from '../web/request-gate';
import { openNode } from './deskside-node';
import type { DesksideNode, NodeSurroundings } from './deskside-node';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5000;

export interface Waiting extends NodeSurroundings {
  /** Told each new reason, in a sentence for the operator. */
  readonly onWaiting?: ((sentence: string) => void) | undefined;
  /** Ends the waiting. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens the node. While the server of the log cannot be used the port answers all the same, that it is not ready, and the
 * opening is tried again. @throws whatever is not about a server of the log, and the last reason when it is ended.
 */
export async function openNodeOnceLogAnswers(waiting: Waiting): Promise<DesksideNode> {
  let room: WaitingRoom | undefined;
  let told = '';
  try {
    for (let failures = 0; ; failures++) {
      const opened = await tryToOpen(waiting);
      if (!(opened instanceof LogUnavailable)) return opened;
      room ??= await WaitingRoom.open(waiting);
      room.code = opened.code;
      if (told !== opened.message) tell(waiting, opened);
      told = opened.message;
      const ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 10));
      await pause(ms, undefined, { signal: waiting.signal }).catch(() => undefined);
    }
  } finally {
    await room?.close();
  }
}

/** @returns why the server of the log cannot be used, while it may still be waited for */
function tryToOpen(waiting: Waiting): Promise<DesksideNode | LogUnavailable> {
  return openNode(waiting).catch((error: unknown) => {
    if (error instanceof LogUnavailable && !waiting.signal?.aborted) return error;
    throw error;
  });
}

function tell({ log, onWaiting }: Waiting, { code, message }: LogUnavailable): void {
  log.warn('waiting for the event log', { code, reason: message });
  onWaiting?.(message);
}

/** What stands on the port meanwhile: pages that are open stay and try again, and whoever watches the server sees why. */
class WaitingRoom {
  readonly #http: HttpServer;
  readonly #hosts: Hosts;
  code = '';

  private constructor({ settings, limits }: Waiting) {
    this.#hosts = new Hosts(settings);
    this.#http = createHttpServer(settings, limits, (request, response) => {
      const owner = turnOf(callerNetwork(request, settings.DESKSIDE_TRUST_PROXY), request.url ?? '');
      inTurn(limits, owner, response, () => this.#answer(request, response));
    });
  }

  static async open(waiting: Waiting): Promise<WaitingRoom> {
    const room = new WaitingRoom(waiting);
    const { DESKSIDE_HOST: host, DESKSIDE_PORT: port } = waiting.settings;
    await new Promise<void>((listening, failed) => {
      room.#http.server.once('error', failed);
      room.#http.server.listen(port, host, listening);
    });
    return room;
  }

  async close(): Promise<void> {
    this.#http.connections.cutAll();
    await new Promise<void>((closed) => this.#http.server.close(() => closed()));
  }

  #answer(request: Parameters<RequestListener>[0], response: Parameters<RequestListener>[1]): void {
    const { url } = request;
    if (url === '/health/live') return void json(response, 200, { status: 'live' });
    if (url === '/health/ready')
      return void json(response, 503, {
        status: 'notReady',
        log: 'unavailable',
        code: this.code,
        failedProjections: [],
      });
    const wrong = this.#hosts.wrongIn(request);
    if (wrong !== null)
      return void response.writeHead(wrong.status, { 'Content-Type': 'text/plain' }).end(wrong.sentence);
    response.writeHead(503, {
      'Content-Type': 'text/html; charset=utf-8',
      'Retry-After': '5',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
    });
    response.end(page);
  }
}

function json(response: Parameters<RequestListener>[1], status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}

/** No language is known yet: all three say it. The page asks again by itself. */
const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="5">
<title>Deskside</title>
<style>
  :root { color-scheme: light dark; font: 18px/1.6 system-ui, sans-serif; }
  body { display: grid; place-content: center; box-sizing: border-box; min-height: 100vh; max-width: 40rem; margin: 0 auto; padding: 1.5rem; }
</style>
<p>This site is not ready yet. The page tries again by itself; you need not do anything.</p>
<p lang="sr-Latn">Ovaj sajt još nije spreman. Stranica pokušava ponovo sama; ne morate ništa da radite.</p>
<p lang="zh-Hant-TW">此網站尚未就緒。本頁會自動重試，您不需要做任何事。</p>
</html>
`;
