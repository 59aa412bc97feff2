import { isNumberGood, parseSessionNumber, whyClosed } from '@deskside/domain';
import type { Invitation, KnownSession } from '@deskside/domain';
import type { AccessJournal, UnauthenticatedKind } from '../access/access-journal';
import type { Claims } from '../claims/claims';
import type { Clock } from '../clock/clock';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import type { InvitationLinks } from '../invitation/invitation-links';
import { Throttle } from '../sign-in/throttle';
import type { Sessions } from '../support-session/sessions';

/** What somebody without a place in a session has of it. */
export interface DoorKey {
  readonly kind: 'number' | 'link';
  /** As it was typed, or stood in the link. */
  readonly secret: string;
}

/** Somebody of whom nothing else is known. */
export interface Visitor {
  readonly address: string;
  readonly correlationId: string;
}

export interface FoundSession {
  readonly sessionId: string;
  readonly session: KnownSession;
  /** The invitation of the link; null for a number. */
  readonly invitation: Invitation | null;
}

interface Parts {
  readonly journal: AccessJournal;
  readonly claims: Claims;
  readonly sessions: Sessions;
  readonly links: InvitationLinks;
  readonly clock: Clock;
}

const counted: Readonly<Record<DoorKey['kind'], UnauthenticatedKind>> = {
  number: 'sessionNumber',
  link: 'invitationLink',
};

/**
 * The way to a session for whoever has its number or a link: one throttle for looking, joining and reporting, so that none
 * of them is a faster way to guess than another.
 */
export class Door {
  readonly #throttle = new Throttle('session-number');

  constructor(private readonly parts: Parts) {}

  /** Finds the session and does `act` there. Whatever guesses is slowed down and counted. */
  async open<T>(key: DoorKey, address: string, act: (found: FoundSession) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const keys = [`address ${address}`];
    const admitted = await this.#throttle.admit(keys);
    const found = admitted.ok ? await this.#find(key) : admitted;
    const outcome = found.ok ? await act(found.value) : found;
    if (outcome.ok) await this.#throttle.succeeded(keys);
    else if (isGuess(outcome.refusal.code)) this.parts.journal.countUnauthenticated(counted[key.kind]);
    return outcome;
  }

  #find({ kind, secret }: DoorKey): Promise<Outcome<FoundSession>> {
    return kind === 'number' ? this.#byNumber(secret) : this.#byLink(secret);
  }

  /** Unknown, lapsed and ended numbers give one identical answer. */
  async #byNumber(typed: string): Promise<Outcome<FoundSession>> {
    const { claims, sessions, clock } = this.parts;
    const number = parseSessionNumber(typed);
    const holder = number === null ? null : await claims.holder('sessionNumber', number);
    const sessionId = holder?.replace(/^supportSession-/, '') ?? null;
    const session = sessionId === null ? null : await sessions.find(sessionId);
    if (sessionId === null || session === null) return refused('SESSION_NUMBER_UNKNOWN');
    if (!isNumberGood(session, clock.now().toISOString())) return refused('SESSION_NUMBER_UNKNOWN');
    return done({ sessionId, session, invitation: null });
  }

  /** A link that this site made says why it is of no use any more; any other is simply not valid. */
  async #byLink(token: string): Promise<Outcome<FoundSession>> {
    const place = this.parts.links.read(token);
    const session = place === null ? null : await this.parts.sessions.find(place.sessionId);
    const invitation = place === null ? undefined : session?.invitations[place.invitationId];
    if (place === null || session === null || invitation === undefined) return refused('INVITATION_NOT_VALID');
    return done({ sessionId: place.sessionId, session, invitation });
  }
}

/** Why this link leads nowhere now; undefined while it does. */
export function whyNoWay({ session, invitation }: FoundSession): Outcome<never> | undefined {
  if (session.status === 'ended') return refused('SESSION_ENDED');
  return invitation === null ? undefined : whyClosed(invitation);
}

/** A session that has ended meanwhile is told to its guests; whoever has a number learns nothing by it. */
export function seenFromOutside(
  outcome: Extract<Outcome<unknown>, { ok: false }>,
  { kind }: DoorKey,
): Extract<Outcome<unknown>, { ok: false }> {
  const isOver = outcome.refusal.code === 'SESSION_ENDED';
  return kind === 'number' && isOver ? refused('SESSION_NUMBER_UNKNOWN') : outcome;
}

function isGuess(code: string): boolean {
  return code === 'SESSION_NUMBER_UNKNOWN' || code === 'INVITATION_NOT_VALID' || code === 'TOO_MANY_TRIES';
}
