import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

type Kind = 'udp' | 'tcp';

/** @param port 0 takes any @returns the port, or null when somebody else has it */
async function tryPort(kind: Kind, port: number, host: string): Promise<number | null> {
  try {
    return kind === 'udp' ? await tryUdp(port, host) : await tryTcp(port, host);
  } catch {
    return null;
  }
}

async function tryUdp(port: number, host: string): Promise<number> {
  const socket = createSocket('udp4');
  try {
    const listening = once(socket, 'listening');
    socket.bind(port, host);
    await listening;
    return socket.address().port;
  } finally {
    socket.close();
  }
}

async function tryTcp(port: number, host: string): Promise<number> {
  const server = createServer();
  const listening = once(server, 'listening');
  server.listen(port, host);
  await listening;
  const { port: taken } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return taken;
}

/** A port of this machine alone. @param wanted is taken when it is free */
export async function localPort(wanted: number | null): Promise<number> {
  const kept = wanted === null ? null : await tryPort('tcp', wanted, '127.0.0.1');
  const port = kept ?? (await tryPort('tcp', 0, '127.0.0.1'));
  if (port === null) throw new Error('This machine has no free port.');
  return port;
}

/** One number that is free for UDP and for TCP, so that a firewall needs one rule. @param wanted is tried first */
export async function mediaPort(wanted: number | null): Promise<number> {
  if (wanted !== null && (await isFreeForBoth(wanted))) return wanted;
  for (let tries = 0; tries < 50; tries += 1) {
    const port = await tryPort('udp', 0, '0.0.0.0');
    if (port !== null && (await isFreeForBoth(port))) return port;
  }
  throw new Error('This machine has no port that is free for UDP and TCP.');
}

export async function isFreeForBoth(port: number): Promise<boolean> {
  return (await tryPort('udp', port, '0.0.0.0')) !== null && (await tryPort('tcp', port, '0.0.0.0')) !== null;
}
