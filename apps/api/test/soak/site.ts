import { newId, Staff } from '../support/people';
import type { Customer, StartedSession } from '../support/people';
import type { Asking } from './asking';
import type { Ledger } from './ledger';

/** Everybody who works at the site, and what they share. */
export interface Site {
  readonly origin: string;
  readonly asking: Asking;
  readonly ledger: Ledger;
  readonly administrator: Staff;
}

export interface Talk extends StartedSession {
  readonly representative: Staff;
  readonly customer: Customer;
}

const password = 'a phrase that is long enough';

export interface Colleague {
  readonly person: Staff;
  readonly email: string;
  readonly password: string;
}

/** Invites a representative, who signs in by the link. */
export async function newColleague({ origin, administrator }: Site): Promise<Colleague> {
  const email = `${newId()}@example.org`;
  const invitation = { commandId: newId(), name: 'Mira Colleague', email, roles: ['representative'] };
  const { url } = await administrator.do<{ url: string }>('inviteAccount', invitation);
  const person = new Staff(origin);
  await person.do('setPassword', { secret: url.split('#')[1], password });
  return { person, email, password };
}

/** Starts a session, and lets a customer in by its number; null when one of both was refused. */
export async function newTalk(
  { asking }: Site,
  { representative, customer, ...texts }: Pick<Talk, 'representative' | 'customer'> & { name: string; subject: string },
): Promise<Talk | null> {
  const { name, subject } = texts;
  const started = await asking.until<StartedSession>(representative, 'startOutboundSession', {
    commandId: newId(),
    subject,
  });
  if (started === null) return null;
  const joining = { commandId: newId(), number: started.number, name };
  const admission = await asking.until<{ bearer: string; participantId: string }>(customer, 'joinByNumber', joining);
  if (admission === null) return null;
  customer.bearer = admission.bearer;
  customer.participantId = admission.participantId;
  return { ...started, representative, customer };
}

/** Sends a line until it is answered. @returns whether it was accepted */
export async function sendLine(
  { asking }: Site,
  { sessionId, representative, customer }: Talk,
  { by, ...line }: { readonly by: 'representative' | 'customer'; readonly text: string; readonly commandId: string },
): Promise<boolean> {
  const common = { ...line, to: 'all' };
  if (by === 'customer') return (await asking.until(customer, 'sendChatMessage', common)) !== null;
  return (await asking.until(representative, 'sendChatMessage', { ...common, sessionId })) !== null;
}
