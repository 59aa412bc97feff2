import { once } from 'node:events';
import { WebSocket } from 'ws';

const jwt = /eyJ[\w-]+\.[\w-]+\.[\w-]+/;
/** Numbers of `SignalResponse` in livekit_rtc.proto, as the first byte of a message has them: (number << 3) | 2. */
const kinds: Readonly<Record<number, string>> = {
  0x0a: 'join',
  0x42: 'leave',
  0x82: 'refreshToken',
  0x9a: 'reconnect',
};

/** LiveKit's signalling without its client: what somebody can do who keeps tokens and writes to the socket by themselves. */
export class RawSignalling {
  /** Kinds of messages, in order. */
  readonly heard: string[] = [];
  /** What LiveKit renewed the token to, the last one last. */
  readonly renewed: string[] = [];
  readonly closed: Promise<unknown>;

  private constructor(readonly socket: WebSocket) {
    this.closed = new Promise((closed) => socket.once('close', closed));
    socket.on('error', () => undefined).on('message', (data) => this.#take(data as Buffer));
  }

  /** @param door such as `http://localhost:4400/media` */
  static async open(door: string, token: string, more: Readonly<Record<string, string>> = {}): Promise<RawSignalling> {
    const parameters = new URLSearchParams({
      access_token: token,
      protocol: '16',
      sdk: 'js',
      auto_subscribe: '1',
      ...more,
    });
    const raw = new RawSignalling(new WebSocket(`${door.replace(/^http/, 'ws')}/rtc?${parameters.toString()}`));
    await once(raw.socket, 'open');
    return raw;
  }

  #take(data: Buffer): void {
    const kind = kinds[data[0] ?? 0] ?? 'other';
    this.heard.push(kind);
    const found = kind === 'refreshToken' ? jwt.exec(data.toString('latin1')) : null;
    if (found !== null) this.renewed.push(found[0]);
  }
}

/** What the way in and the question answer to a token: at /rtc and /rtc/v1, first each way, then each question. */
export async function answersAtDoor(door: string, token: string): Promise<readonly number[]> {
  const paths = ['/rtc', '/rtc/v1'];
  const upgrades = paths.map(
    (path) =>
      new Promise<number>((settle) => {
        const socket = new WebSocket(`${door.replace(/^http/, 'ws')}${path}?access_token=${token}`);
        socket.once('open', () => {
          settle(101);
          socket.terminate();
        });
        socket.once('unexpected-response', (_, { statusCode }) => settle(statusCode ?? 0));
        socket.on('error', () => settle(0));
      }),
  );
  const questions = paths.map(async (path) => (await fetch(`${door}${path}/validate?access_token=${token}`)).status);
  return Promise.all([...upgrades, ...questions]);
}
