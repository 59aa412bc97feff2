import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { account, parseEmail, permissionsOf } from '@deskside/domain';
import type { KnownAccount, Permission, Role } from '@deskside/domain';
import type { StreamName } from '@deskside/event-store';
import { VaultFull, VaultUnavailable } from '@deskside/vault';
import type { Vault } from '@deskside/vault';
import type { AccessJournal } from '../access/access-journal';
import type { Claims } from '../claims/claims';
import type { Clock } from '../clock/clock';
import type { StaffCaller } from '../command-path/caller';
import type { CommandPath } from '../command-path/command-path';
import { derivedId, streamOf } from '../command-path/derived-id';
import { done, refusalError, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import { FailedAttempts, guarded } from '../limits/failed-attempts';
import type { Guard } from '../limits/failed-attempts';
import { FairTurns } from '../limits/fair-turns';
import { guesses, passwordsAtOnce, passwordsWaiting } from '../limits/limits';
import { tooMany } from '../limits/too-many';
import type { KnownBrowsers } from './known-browsers';
import { hashPassword, nobodysHash, verifyPassword } from './passwords';
import { newSecretToken, tokenHash } from './secret-token';

interface SignInRecord {
  readonly accountId: string;
  readonly signInId: string;
}

/** A fresh sign-in: the token goes into the cookie and nowhere else. */
export interface FreshSignIn {
  readonly token: string;
  readonly caller: StaffCaller;
}

/** Where somebody comes from who wants to sign in. */
export interface SigningIn {
  readonly address: string;
  /** What this browser was given when somebody signed in there before. */
  readonly browserToken: string | null;
  readonly correlationId: string;
}

const unknownSignIn = refused('SIGN_IN_REFUSED');
/** How long a request waits for its sign-in to be prolonged, milliseconds; it is tried again by the next one. */
const waitsToProlong = 250;
/** What somebody is told whose address has too many passwords to be looked at, milliseconds. */
const waitForTurn = 5000;

/** Who a member of staff is, by cookie; how that begins, by password or link; and how it ends. */
export class SignIns {
  /** A person who mistypes, or somebody at one place who guesses: slowed there, for this account. */
  readonly #ofPair = new FailedAttempts(guesses.passwordsFromAddressForAccount);
  /** Many accounts tried from one place. Colleagues behind the same router share it. */
  readonly #ofAddress = new FailedAttempts(guesses.passwordsFromAddress);
  /** One account tried from many places: slow for all who are not known, and never shut. */
  readonly #ofAccount = new FailedAttempts(guesses.passwordsForAccount);
  /** At a browser where the account's person has signed in before, whatever strangers do elsewhere. */
  readonly #ofBrowser = new FailedAttempts(guesses.passwordsAtKnownBrowser);
  /** A few at a time, and no address before its turn. */
  readonly #turns = new FairTurns({
    atOnce: passwordsAtOnce,
    mostWaiting: passwordsWaiting,
    refusal: () => refusalError(tooMany(waitForTurn)),
  });

  constructor(
    private readonly parts: {
      readonly vault: Vault;
      readonly commands: CommandPath;
      readonly claims: Claims;
      readonly journal: AccessJournal;
      readonly clock: Clock;
      readonly hours: number;
      readonly browsers: KnownBrowsers;
    },
  ) {}

  /** The caller behind a cookie; null when it is unknown, expired, ended, or the account is disabled. */
  async callerOf(token: string | undefined, correlationId: string): Promise<StaffCaller | null> {
    if (token === undefined || token === '') return null;
    const { vault, clock } = this.parts;
    const now = clock.now();
    const kept = await vault.get('sign-in', tokenHash(token), now);
    if (kept === null) return null;
    await this.#prolong(kept, now);
    const { accountId, signInId } = kept.value as SignInRecord;
    const known = await this.accountOf(accountId);
    return known?.status === 'active' ? callerFor(known, signInId, correlationId) : null;
  }

  /** The caller with the rights that his account has at this moment. */
  async asOfNow(caller: StaffCaller): Promise<StaffCaller> {
    const roles = await this.#rolesNow(caller.accountId);
    return { ...caller, roles, permissions: permissionsOf(roles) };
  }

  /** Whether the account has this right at this moment, signed in or not. */
  async mayNow(accountId: string, permission: Permission): Promise<boolean> {
    return permissionsOf(await this.#rolesNow(accountId)).has(permission);
  }

  async #rolesNow(accountId: string): Promise<readonly Role[]> {
    const known = await this.accountOf(accountId);
    return known?.status === 'active' ? known.roles : [];
  }

  async accountOf(accountId: string): Promise<KnownAccount | null> {
    const { state } = await this.parts.commands.stateOf(account, streamOf('representative', accountId));
    return state.status === 'absent' ? null : state;
  }

  /** One identical refusal whether the address is unknown, the password wrong or the account disabled. */
  async signIn(email: string, password: string, from: SigningIn): Promise<Outcome<FreshSignIn>> {
    const parsed = parseEmail(email);
    const key = parsed.ok ? parsed.key : 'invalid';
    const accountId = await this.#accountIdOf(key);
    const attempt = async (): Promise<Outcome<FreshSignIn>> => {
      const verified = await this.#turns.run(from.address, () => this.#verify(accountId, password));
      const fresh = verified && accountId !== null ? await this.open(accountId, from.correlationId) : unknownSignIn;
      return !fresh.ok && fresh.refusal.code === 'ACCOUNT_DISABLED' ? unknownSignIn : fresh;
    };
    const done = await guarded(
      await this.#guards(key, accountId, from),
      attempt,
      (outcome) => outcome === unknownSignIn,
    );
    if ('outcome' in done) return done.outcome === unknownSignIn ? this.#counted(unknownSignIn) : done.outcome;
    return this.#counted({ ok: false, refusal: done.refusal });
  }

  /** The address first: what it refuses is remembered under no name. */
  async #guards(emailKey: string, accountId: string | null, from: SigningIn): Promise<readonly Guard[]> {
    const { address, browserToken } = from;
    const known = accountId === null ? null : await this.parts.browsers.markOf(browserToken, accountId);
    if (known !== null) return [{ attempts: this.#ofBrowser, key: known }];
    const email = tokenHash(emailKey);
    return [
      { attempts: this.#ofAddress, key: address },
      { attempts: this.#ofPair, key: `${address} ${email}` },
      { attempts: this.#ofAccount, key: email },
    ];
  }

  #counted<T extends Outcome<never>>(refusal: T): T {
    this.parts.journal.countUnauthenticated('signIn');
    return refusal;
  }

  /** Signs an account in whose person has proved himself. */
  async open(accountId: string, correlationId: string): Promise<Outcome<FreshSignIn>> {
    const { commands } = this.parts;
    const signInId = randomUUID();
    const known = await this.accountOf(accountId);
    if (known === null) return refused('SIGN_IN_REFUSED');
    const caller = callerFor(known, signInId, correlationId);
    const about = { stream: streamOf('representative', accountId), commandId: signInId, caller };
    const outcome = await commands.handle(account, about, { type: 'SignIn', payload: { signInId } });
    // A damaged log takes no record, but somebody must be able to come and look at the damage.
    const isToLook = !outcome.ok && outcome.refusal.code === 'LOG_READ_ONLY' && known.status === 'active';
    if (!outcome.ok && !isToLook) return outcome;
    const token = newSecretToken();
    await this.#keep(tokenHash(token), { accountId, signInId });
    return done({ token, caller });
  }

  async signOut(token: string, caller: StaffCaller): Promise<void> {
    await this.parts.vault.remove('sign-in', tokenHash(token));
    const about = { stream: streamOf('representative', caller.accountId), commandId: randomUUID(), caller };
    await this.parts.commands.handle(account, about, { type: 'SignOut', payload: { signInId: caller.signInId } });
  }

  /** Ends every sign-in and every unused link of an account; the event that says so is the caller's. */
  async endAll(accountId: string): Promise<void> {
    await this.parts.vault.removeOwned(streamOf('representative', accountId), ['sign-in', 'account-link']);
  }

  async setPassword(accountId: string, password: string): Promise<void> {
    const value = await hashPassword(password);
    const owner = streamOf('representative', accountId);
    await this.parts.vault.put({ kind: 'password', id: accountId, owner, value, expiresAt: null });
  }

  async verifyOwn(caller: StaffCaller, password: string): Promise<Outcome<void>> {
    const guards = [{ attempts: this.#ofBrowser, key: `own ${caller.accountId}` }];
    const verify = (): Promise<boolean> =>
      this.#turns.run(caller.accountId, () => this.#verify(caller.accountId, password));
    const verified = await guarded(guards, verify, (isRight) => !isRight);
    if (!('outcome' in verified)) return { ok: false, refusal: verified.refusal };
    return verified.outcome ? done(undefined) : refused('SIGN_IN_REFUSED');
  }

  async #accountIdOf(emailKey: string): Promise<string | null> {
    const holder: StreamName | null = await this.parts.claims.holder('email', emailKey);
    return holder?.replace(/^representative-/, '') ?? null;
  }

  async #verify(accountId: string | null, password: string): Promise<boolean> {
    const { vault, clock } = this.parts;
    const kept = accountId === null ? null : await vault.get('password', accountId, clock.now());
    const right = await verifyPassword(
      password.normalize('NFKC'),
      kept === null ? await nobodysHash : String(kept.value),
    );
    return right && kept !== null;
  }

  async #keep(id: string, value: SignInRecord): Promise<void> {
    const { vault, clock, hours } = this.parts;
    const owner = streamOf('representative', value.accountId);
    const expiresAt = new Date(clock.now().getTime() + hours * 3_600_000);
    await vault.put({ kind: 'sign-in', id, owner, value, expiresAt });
  }

  /** Use prolongs a sign-in, written at most once in a tenth of its life. */
  async #prolong(
    kept: { readonly id: string; readonly value: unknown; readonly expiresAt: Date | null },
    now: Date,
  ): Promise<void> {
    const life = this.parts.hours * 3_600_000;
    const left = (kept.expiresAt?.getTime() ?? 0) - now.getTime();
    if (left >= life * 0.9) return;
    const keeping = this.#keep(kept.id, kept.value as SignInRecord).catch(orNotNow);
    // Whoever is signed in goes on while nothing can be written.
    await Promise.race([keeping, pause(waitsToProlong, undefined, { ref: false })]);
  }
}

function callerFor(known: KnownAccount, signInId: string, correlationId: string): StaffCaller {
  const { id: accountId, roles } = known;
  return { kind: 'staff', accountId, signInId, roles, permissions: permissionsOf(roles), correlationId };
}

function orNotNow(error: unknown): void {
  if (!(error instanceof VaultUnavailable || error instanceof VaultFull)) throw error;
}

/** Command ids of what one link does once: a link opened twice at the same moment sets one password. */
export function linkCommandId(linkHash: string): string {
  return derivedId('account-link', linkHash);
}
