import { isInSession, isRepresentative } from '@deskside/domain';
import type { Instant, Participant, SupportSession } from '@deskside/domain';

/** What the stage has to say: it is never empty. */
export type StageState =
  | { readonly kind: 'loading' }
  /** Nobody has come yet: the number is the next step. */
  | { readonly kind: 'inviting'; readonly expiresAt: Instant | null }
  | { readonly kind: 'present'; readonly customers: readonly Participant[] }
  /** Every customer who is in has lost the connection; `since` the last of them. */
  | { readonly kind: 'away'; readonly customers: readonly Participant[]; readonly since: Instant }
  /** Customers were in, none is any more. */
  | { readonly kind: 'alone' }
  | { readonly kind: 'ended' };

export function stageState(session: SupportSession): StageState {
  if (session.status === 'absent') return { kind: 'loading' };
  if (session.status === 'ended') return { kind: 'ended' };
  const customers = Object.values(session.participants).filter((person) => !isRepresentative(person.role));
  if (customers.length === 0) return { kind: 'inviting', expiresAt: session.numberExpiresAt };
  return withCustomers(customers.filter(isInSession));
}

function withCustomers(customers: readonly Participant[]): StageState {
  const present = customers.filter((person) => person.presence === 'present');
  if (present.length > 0) return { kind: 'present', customers: present };
  const since = customers
    .map((person) => person.presenceSince)
    .toSorted()
    .at(-1);
  return since === undefined ? { kind: 'alone' } : { kind: 'away', customers, since };
}
