import { connect } from 'node:net';
import type { Socket } from 'node:net';

/**
 * A connection that is written to byte by byte. One that the server cuts with something unread ends with a reset, so an
 * error is an end like any other: not for `once` of node:events, which would throw it.
 */
export class RawConnection {
  readonly socket: Socket;
  /** What has come so far. */
  text = '';
  /** Settles when it has ended, however it ends. */
  readonly closed: Promise<void>;

  constructor(origin: string) {
    this.socket = connect(Number(new URL(origin).port), '127.0.0.1').setEncoding('latin1');
    this.socket.on('error', () => undefined).on('data', (chunk: string) => (this.text += chunk));
    this.closed = new Promise((resolve) => this.socket.once('close', () => resolve()));
  }

  write(text: string): this {
    this.socket.write(text);
    return this;
  }

  /** What has come once it is enough, or the connection has ended. */
  async hears(isEnough: (text: string) => boolean): Promise<string> {
    const enough = new Promise<void>((resolve) => {
      const look = (): void => void (isEnough(this.text) && resolve());
      this.socket.on('data', look);
      look();
    });
    await Promise.race([enough, this.closed]);
    return this.text;
  }

  /** All that comes until it ends. */
  async heard(): Promise<string> {
    await this.closed;
    return this.text;
  }

  cut(): void {
    this.socket.destroy();
  }
}
