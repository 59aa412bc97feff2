import { isNumberGood, parseSessionNumber, whyClosed } from '@deskside/domain';
import type { Invitation, KnownSession } from '@deskside/domain';
import type { AccessJournal, UnauthenticatedKind } from '../access/access-journal';
import type { Claims } from '../claims/claims';
import type { Clock } from '../clock/clock';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import type { InvitationLinks } from '../invitation/invitation-links';
import { FailedAttempts, guarded } from '../limits/failed-attempts';
import { guesses } from '../limits/limits';
import type { Limits } from '../limits/limits';
import { tooMany } from '../limits/too-many';
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
  readonly limits: Limits;
}

const counted: Readonly<Record<DoorKey['kind'], UnauthenticatedKind>> = {
  number: 'sessionNumber',
  link: 'invitationLink',
};

/**
 * The way to a session for whoever has its number or a link: one brake on guessing for looking, joining and reporting, so
 * that none of them is a faster way to guess than another. Only a number that is nobody's counts as a guess. The secret of
 * a link has 128 bits, which nobody guesses: a link is never slowed.
 */
export class Door {
  readonly #numbers = new FailedAttempts(guesses.sessionNumbersFromAddress);

  constructor(private readonly parts: Parts) {}

  /** Finds the session and does `act` there. */
  async open<T>(key: DoorKey, address: string, act: (found: FoundSession) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const { limits, journal } = this.parts;
    const wait = limits.rate('entriesOfAddress').take(address);
    if (wait > 0) return { ok: false, refusal: tooMany(wait) };
    const found = await (key.kind === 'number' ? this.#guarded(key.secret, address) : this.#byLink(key.secret));
    if (found.ok) return this.#enter(found.value, address, act);
    if (isGuess(found.refusal.code)) journal.countUnauthenticated(counted[key.kind]);
    return found;
  }

  /** Of one address, so that nobody who knows a number keeps others out. */
  async #enter<T>(
    found: FoundSession,
    address: string,
    act: (found: FoundSession) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    const wait = this.parts.limits.rate('entriesOfAddressToSession').take(`${address} ${found.sessionId}`);
    return wait > 0 ? { ok: false, refusal: tooMany(wait) } : act(found);
  }

  async #guarded(typed: string, address: string): Promise<Outcome<FoundSession>> {
    const guards = [{ attempts: this.#numbers, key: address }];
    const done = await guarded(
      guards,
      () => this.#byNumber(typed),
      (outcome) => !outcome.ok,
    );
    return 'outcome' in done ? done.outcome : { ok: false, refusal: done.refusal };
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
