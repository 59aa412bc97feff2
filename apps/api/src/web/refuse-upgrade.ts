import { STATUS_CODES } from 'node:http';
import { finished } from 'node:stream';
import type { Duplex } from 'node:stream';

/** Answers an upgrade that is not taken with a status and a sentence, and ends its connection. */
export function refuseUpgrade(socket: Duplex, status: number, sentence = STATUS_CODES[status] ?? ''): void {
  const body = `${sentence}\n`;
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...['Connection: close', 'Content-Type: text/plain; charset=utf-8', `Content-Length: ${Buffer.byteLength(body)}`],
  ];
  endConnection(socket, `${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Says the last and closes; whoever does not close their side would be kept for ever. */
export function endConnection(socket: Duplex, last?: string): void {
  finished(socket, { readable: false }, () => socket.destroy());
  socket.end(last);
}
