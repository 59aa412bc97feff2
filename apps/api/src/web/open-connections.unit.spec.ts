import { EventEmitter, once } from 'node:events';
import type { Server } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { OpenConnections } from './open-connections';

describe('the connections of a server', () => {
  it.each(['cutAll', 'cutUnasked'] as const)(
    'of which one came anew from the same other end before the older one was closed, are all ended (%s)',
    async (cut) => {
      const server = new EventEmitter() as Server;
      const connections = new OpenConnections(server);
      const [older, newer] = [new Socket(), new Socket()];
      server.emit('connection', older);
      server.emit('connection', newer);
      const closed = once(older, 'close');
      older.destroy();
      await closed;
      connections[cut]();
      expect(newer.destroyed).toBe(true);
    },
  );
});
