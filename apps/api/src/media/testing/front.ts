import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { WebSocket } from 'ws';
import type { KnownSession } from '@deskside/domain';
import type { MediaPlant, MediaPlantState, MediaServer } from '@deskside/media/server';
import type { EventHub } from '../../live-feed/event-hub';
import { PublicUrl } from '../../node/public-url';
import { MediaAdmission } from '../media-admission';
import { signallingRoot, SignallingProxy } from '../signalling-proxy';

export const publicUrl = 'https://support.example.com';

export const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const [room, ana, ben, csr, former, waits] = [id(1), id(2), id(3), id(4), id(5), id(6)] as const;
/** The account of a member of staff, by the place of whom has it. */
export const accountOf = (participant: string): string => participant.replace('4000', '4001');

type Presence = 'present' | 'away' | 'left' | 'removed';

/** A session as the room sees it: Ana, Ben, somebody who serves, somebody who may not any more, and one who waits. */
export function sessionWith(presence: Partial<Record<string, Presence>> = {}, status = 'open'): KnownSession {
  const people = [
    [ana, 'primaryCustomer'],
    [ben, 'secondaryCustomer'],
    [csr, 'primaryRepresentative'],
    [former, 'assistingRepresentative'],
  ] as const;
  const participants = Object.fromEntries(
    people.map(([who, role]) => [
      who,
      { id: who, role, personId: accountOf(who), presence: presence[who] ?? 'present' },
    ]),
  );
  const waiting = { [waits]: { participantId: waits, answer: 'waiting' } };
  return { status, participants, waiting, audio: {}, grants: {} } as unknown as KnownSession;
}

type Listener = Parameters<EventHub['onType']>[1];

/** Events that come when the test says so. */
class GivenEvents {
  readonly #listeners = new Map<string, Listener[]>();

  onType(type: string, listener: Listener): () => void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
    return () => void this.#listeners.delete(type);
  }

  tell(type: string, stream: string, payload: object = {}): void {
    const event = { recorded: { stream }, envelope: { payload } } as unknown as Parameters<Listener>[0];
    for (const listener of this.#listeners.get(type) ?? []) listener(event);
  }
}

/** What stands between a browser and LiveKit, on a free port, with a session that the test changes. */
export class Front {
  readonly events = new GivenEvents();
  /** Rooms in which somebody was expected. */
  readonly expected: string[] = [];
  readonly failures: unknown[] = [];
  session: KnownSession = sessionWith();
  readonly barred = new Set([accountOf(former)]);
  readonly #proxy: SignallingProxy;
  readonly #server: Server;

  private constructor(media: { readonly state: MediaPlantState; readonly server: MediaServer }) {
    const app = express();
    this.#server = createServer(app);
    const mediaAdmission = new MediaAdmission({
      media,
      sessions: { findAfresh: async (sessionId) => (sessionId === room ? this.session : null) },
      mayServe: async (accountId) => !this.barred.has(accountId),
    });
    const parts = {
      media: media as Pick<MediaPlant, 'state' | 'server'>,
      mediaAdmission,
      mediaReconciler: { expectArrival: (name: string) => void this.expected.push(name) },
      hub: this.events,
      log: { error: (_: string, error: unknown) => void this.failures.push(error) },
    };
    this.#proxy = new SignallingProxy(parts, new PublicUrl(publicUrl));
    this.#proxy.listen({ leave: (_, answer) => void this.#server.on('upgrade', answer) });
    app.use(signallingRoot, this.#proxy.answer());
  }

  static async open(media: { readonly state: MediaPlantState; readonly server: MediaServer }): Promise<Front> {
    const front = new Front(media);
    await new Promise<void>((listening) => front.#server.listen(0, '127.0.0.1', listening));
    return front;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Connections that are open, of whatever kind. */
  connections(): Promise<number> {
    return new Promise((settle, fail) =>
      this.#server.getConnections((error, count) => (error ? fail(error) : settle(count))),
    );
  }

  close(): Promise<unknown> {
    this.#proxy.close();
    return new Promise((closed) => this.#server.close(closed));
  }
}

/** @returns the status by which the upgrade was turned away, or 101; 0 when there was no answer */
export function upgradeStatus(url: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((settle) => {
    const socket = new WebSocket(url.replace(/^http/, 'ws'), { headers });
    socket.once('open', () => {
      settle(101);
      socket.terminate();
    });
    socket.once('unexpected-response', (_request, { statusCode }) => {
      settle(statusCode ?? 0);
      socket.terminate();
    });
    socket.on('error', () => settle(0));
  });
}
