import type { EventId } from './event-store';

/** Who caused an event. `sessionRole` is the role that the person held in the session at that moment. */
export interface Actor {
  readonly kind: 'representative' | 'customer' | 'system';
  readonly id: string;
  readonly sessionRole?: string;
}

/** The record that is hashed and stored; position belongs to the store and is not part of it. */
export interface Envelope<Payload = unknown> {
  readonly id: EventId;
  readonly type: string;
  readonly schemaVersion: number;
  readonly stream: string;
  /** Decimal; a string because a revision may pass 2^53. */
  readonly revision: string;
  /** UTC, RFC 3339 with milliseconds, the server's clock; never earlier than the stream's previous event. */
  readonly occurredAt: string;
  readonly actor: Actor;
  /** Same for all that one request set in motion. */
  readonly correlationId: string;
  /** Id of the event that caused this command; null when a person did. */
  readonly causationId: string | null;
  readonly commandId: string;
  readonly commandType: string;
  readonly siteId: string;
  readonly writer: { readonly version: string; readonly boot: string };
  readonly payload: Payload;
}
