import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { openLoop } from './open-loop';
import { Watcher } from './watcher';

const send =
  'mutation($session: ID!, $id: ID!, $text: String!) { send(session: $session, messageId: $id, text: $text) }';
const feed =
  'subscription($session: ID!, $afterRevision: Int) { sessionFeed(session: $session, afterRevision: $afterRevision) { reset upTo events { revision type payload { messageId text } } } }';

/** Latencies in ms of the bare echo with as many sessions, two subscribers each, at the same rate. */
export async function echoLatencies(sessions: number, load: { perSecond: number; seconds: number }): Promise<number[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'echo-server.ts')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const url = `ws://127.0.0.1:${port}/`;
  const due = new Map<string, number>();
  const latencies: number[] = [];
  let ready = 0;
  const watchers = Array.from({ length: sessions * 2 }, (_, index) => {
    const session = String(index >> 1);
    return new Watcher({
      url: () => url,
      headers: {},
      connectionParams: {},
      subscriptions: [{ query: feed, variables: { session } }],
      onMessage: (id, at) => {
        // Only the other one of the two counts, as in the product's figure.
        if (index % 2 === 1) latencies.push(at - (due.get(id) ?? Number.NaN));
      },
      onReturn: () => (ready += 1),
    });
  });
  for (const watcher of watchers) watcher.connect();
  const sender = new WebSocket(url, 'graphql-transport-ws');
  await once(sender, 'open');
  sender.send(JSON.stringify({ type: 'connection_init' }));
  await once(sender, 'message');
  await until(() => ready === watchers.length);
  const count = await openLoop(load, (index, at) => {
    const id = String(index);
    due.set(id, at);
    const variables = {
      session: String(index % sessions),
      id,
      text: `The printer says offline since this morning. ${id}`,
    };
    sender.send(JSON.stringify({ id, type: 'subscribe', payload: { query: send, variables } }));
  });
  await until(() => latencies.length === count);
  for (const watcher of watchers) watcher.close();
  sender.terminate();
  child.kill('SIGKILL');
  await once(child, 'exit');
  return latencies;
}

/** Looks every few milliseconds; a bench that never gets there fails after two minutes. */
export async function until(reached: () => boolean): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!reached()) {
    if (Date.now() > deadline) throw new Error('The bench waited two minutes in vain.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
