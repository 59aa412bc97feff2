import type { Actor, Permission, Role } from '@deskside/domain';

/** A member of staff, known by the sign-in cookie. */
export interface StaffCaller {
  readonly kind: 'staff';
  readonly accountId: string;
  readonly signInId: string;
  readonly roles: readonly Role[];
  readonly permissions: ReadonlySet<Permission>;
  readonly correlationId: string;
}

/** A customer, known by the bearer of one session. */
export interface CustomerCaller {
  readonly kind: 'customer';
  readonly customerId: string;
  readonly participantId: string;
  readonly sessionId: string;
  readonly correlationId: string;
}

/** The server itself: deadlines, presence, the first start. */
export interface SystemCaller {
  readonly kind: 'system';
  readonly id: string;
  readonly correlationId: string;
}

export type Caller = StaffCaller | CustomerCaller | SystemCaller;

export function actorOf(caller: Caller): Actor {
  switch (caller.kind) {
    case 'staff':
      return { kind: 'representative', id: caller.accountId };
    case 'customer':
      return { kind: 'customer', id: caller.customerId };
    case 'system':
      return { kind: 'system', id: caller.id };
  }
}
