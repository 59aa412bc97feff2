import type { Actor, Recorded, SupportSessionEvent } from '@deskside/domain';

/** An event of a session's feed, as both endpoints send it. */
export interface FeedEvent {
  readonly revision: number;
  readonly type: string;
  readonly occurredAt: string;
  readonly actor: { readonly kind: string; readonly id: string; readonly sessionRole?: string | null };
  readonly payload: unknown;
}

/**
 * The same event for the domain's fold. The server checked its form when it was written and names of types that this
 * version does not know pass through: `evolve` leaves them alone.
 */
export function recorded({ actor, ...event }: FeedEvent): Recorded<SupportSessionEvent> {
  const { kind, id, sessionRole } = actor;
  const by: Actor = { kind: kind as Actor['kind'], id, ...(sessionRole == null ? {} : { sessionRole }) };
  return { ...event, actor: by } as Recorded<SupportSessionEvent>;
}
