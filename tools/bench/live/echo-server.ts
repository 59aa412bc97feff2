// The bare part that bench:live is measured against: graphql-js and graphql-ws, one topic a session, no log, no rights.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

interface Line {
  readonly messageId: string;
  readonly text: string;
}

const schema = buildSchema(`
  type Event { revision: Int! type: String! payload: Line! }
  type Line { messageId: ID! text: String! }
  type Batch { reset: Boolean! events: [Event!]! upTo: Int! }
  type Query { ok: Boolean }
  type Mutation { send(session: ID!, messageId: ID!, text: String!): Boolean }
  type Subscription { sessionFeed(session: ID!, afterRevision: Int): Batch! }
`);

type Push = (line: Line | null) => void;
const topics = new Map<string, Set<Push>>();

async function* feed(session: string): AsyncGenerator<unknown> {
  const waiting: (Line | null)[] = [null];
  let wake: () => void = () => undefined;
  const push: Push = (line) => {
    waiting.push(line);
    wake();
  };
  const listeners = topics.get(session) ?? new Set();
  topics.set(session, listeners.add(push));
  try {
    for (let revision = 0; ; revision++) {
      while (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      const line = waiting.shift() ?? null;
      const events = line === null ? [] : [{ revision, type: 'ChatMessageSent', payload: line }];
      yield { sessionFeed: { reset: false, events, upTo: revision } };
    }
  } finally {
    listeners.delete(push);
  }
}

const roots = {
  query: { ok: () => true },
  mutation: {
    send: ({ session, ...line }: Line & { session: string }) => {
      for (const push of topics.get(session) ?? []) push(line);
      return true;
    },
  },
  subscription: { sessionFeed: ({ session }: { session: string }) => feed(session) },
};

const server = createServer();
useServer({ schema, roots }, new WebSocketServer({ server }));
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
