import { randomUUID } from 'node:crypto';
import { account, parseEmail, permissionsOf } from '@deskside/domain';
import type { KnownAccount, Permission, Role } from '@deskside/domain';
import type { StreamName } from '@deskside/event-store';
import type { Vault } from '@deskside/vault';
import type { AccessJournal } from '../access/access-journal';
import type { Claims } from '../claims/claims';
import type { Clock } from '../clock/clock';
import type { StaffCaller } from '../command-path/caller';
import type { CommandPath } from '../command-path/command-path';
import { derivedId, streamOf } from '../command-path/derived-id';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import { hashPassword, nobodysHash, verifyPassword } from './passwords';
import { newSecretToken, tokenHash } from './secret-token';
import { Throttle } from './throttle';

interface SignInRecord {
  readonly accountId: string;
  readonly signInId: string;
}

/** A fresh sign-in: the token goes into the cookie and nowhere else. */
export interface FreshSignIn {
  readonly token: string;
  readonly caller: StaffCaller;
}

const unknownSignIn = refused('SIGN_IN_REFUSED');

/** Who a member of staff is, by cookie; how he becomes it, by password or link; and how that ends. */
export class SignIns {
  readonly #throttle = new Throttle('sign-in');

  constructor(
    private readonly parts: {
      readonly vault: Vault;
      readonly commands: CommandPath;
      readonly claims: Claims;
      readonly journal: AccessJournal;
      readonly clock: Clock;
      readonly hours: number;
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
  async signIn(
    email: string,
    password: string,
    from: { address: string; correlationId: string },
  ): Promise<Outcome<FreshSignIn>> {
    const parsed = parseEmail(email);
    const key = parsed.ok ? parsed.key : 'invalid';
    const keys = [`address ${from.address}`, `email ${tokenHash(key)}`];
    const admitted = await this.#throttle.admit(keys);
    if (!admitted.ok) return this.#counted(admitted);
    const accountId = await this.#accountIdOf(key);
    const verified = await this.#verify(accountId, password);
    const fresh = verified && accountId !== null ? await this.open(accountId, from.correlationId) : unknownSignIn;
    if (fresh.ok) await this.#throttle.succeeded(keys);
    else if (fresh.refusal.code === 'ACCOUNT_DISABLED') return this.#counted(unknownSignIn);
    return fresh === unknownSignIn ? this.#counted(unknownSignIn) : fresh;
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
    const keys = [`own ${caller.accountId}`];
    const admitted = await this.#throttle.admit(keys);
    if (!admitted.ok) return admitted;
    if (!(await this.#verify(caller.accountId, password))) return refused('SIGN_IN_REFUSED');
    await this.#throttle.succeeded(keys);
    return done(undefined);
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
    if (left < life * 0.9) await this.#keep(kept.id, kept.value as SignInRecord);
  }
}

function callerFor(known: KnownAccount, signInId: string, correlationId: string): StaffCaller {
  const { id: accountId, roles } = known;
  return { kind: 'staff', accountId, signInId, roles, permissions: permissionsOf(roles), correlationId };
}

/** Command ids of what one link does once: a link opened twice at the same moment sets one password. */
export function linkCommandId(linkHash: string): string {
  return derivedId('account-link', linkHash);
}
