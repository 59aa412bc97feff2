import type { Actor, Instant } from '@deskside/domain';

/** An event as the API sends it: of a type that this version may not know yet. */
export interface RecordedEvent {
  readonly revision: number;
  readonly type: string;
  readonly occurredAt: Instant;
  readonly actor: { readonly kind: string; readonly id: string; readonly sessionRole?: string | null };
  readonly payload: unknown;
}

const actorKinds: readonly string[] = ['representative', 'customer', 'system'] satisfies readonly Actor['kind'][];

export function isActorKind(kind: string): kind is Actor['kind'] {
  return actorKinds.includes(kind);
}
