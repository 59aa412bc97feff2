// A process of its own: one client that does one thing as fast as it is answered, for as long as it lives.
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { customerOperation, post } from './people';
import type { Hostile } from './hostile';

const { origin, bearer, number, address, kind } = JSON.parse(process.argv[2] ?? '{}') as Hostile;
const url = `${origin}/graphql/customer`;
/** Under way at the same time. */
const atOnce = 16;
let done = 0;

const headers = { authorization: `Bearer ${bearer}`, 'x-forwarded-for': address };

function command(): Promise<unknown> {
  const variables = { commandId: randomUUID(), to: 'all', text: 'x'.repeat(3900) };
  return post(url, { query: customerOperation('sendChatMessage'), variables, headers });
}

/** With the right number and with a wrong one, in turn. */
function join(): Promise<unknown> {
  const variables = { commandId: randomUUID(), number: done % 2 === 0 ? number : '100000001', name: 'Mallory' };
  return post(url, { query: customerOperation('joinByNumber'), variables, headers: { 'x-forwarded-for': address } });
}

function connected(): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', { headers });
    socket.on('error', reject);
    socket.on('open', () => resolve(socket));
  });
}

async function openAndDrop(): Promise<void> {
  (await connected()).terminate();
}

/** One connection with as many feeds as it takes; a new one when it is cut off. */
async function feeds(): Promise<void> {
  const socket = await connected();
  const query = customerOperation('sessionFeed');
  socket.send(JSON.stringify({ type: 'connection_init', payload: { bearer } }));
  await new Promise<void>((closed) => {
    socket.on('close', () => closed());
    socket.on('message', () => {
      for (let n = 0; n < atOnce && socket.bufferedAmount < 1_000_000; n++) {
        socket.send(JSON.stringify({ id: randomUUID(), type: 'subscribe', payload: { query, variables: {} } }));
        done += 1;
      }
    });
  });
}

const acts: Readonly<Record<Hostile['kind'], () => Promise<unknown>>> = {
  commands: command,
  joins: join,
  sockets: openAndDrop,
  feeds,
};

async function forEver(act: () => Promise<unknown>): Promise<never> {
  for (;;) {
    await act().catch(() => new Promise((resolve) => setImmediate(resolve)));
    done += 1;
  }
}

process.on('message', () => process.send?.({ done }));
for (let n = 0; n < atOnce; n++) void forEver(acts[kind]);
