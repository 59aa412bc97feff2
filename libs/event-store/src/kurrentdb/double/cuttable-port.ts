import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** A port whose connections can be cut in the middle, and that hands new ones to whoever serves just now. */
export class CuttablePort {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #serve: ((socket: Socket) => void) | null = null;

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => this.#take(socket));
  }

  /** @param port 0: a free one */
  static async open(port: number): Promise<CuttablePort> {
    // Small answers go out at once, as from a real server.
    const server = createServer({ noDelay: true });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new CuttablePort(server);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Who takes connections from now on; null: they are cut as soon as they come. */
  serveBy(serve: ((socket: Socket) => void) | null): void {
    this.#serve = serve;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #take(socket: Socket): void {
    if (this.#serve === null) return void socket.destroy();
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    this.#serve(socket);
  }
}
