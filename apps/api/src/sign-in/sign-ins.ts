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
import { streamOf } from '../command-path/derived-id';
import { done, refusalError, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import { FailedAttempts, guarded } from '../limits/failed-attempts';
import type { Guard } from '../limits/failed-attempts';
import { FairTurns } from '../limits/fair-turns';
import { guesses, passwordsAtOnce, passwordsWaiting } from '../limits/limits';
import { tooMany } from '../limits/too-many';
import { AccountSecrets } from './account-secrets';
import type { KnownBrowsers } from './known-browsers';
import { nobodysHash, verifyPassword } from './passwords';
import { tokenHash } from './secret-token';

/** A fresh sign-in: the token goes into the cookie and nowhere else. */
export interface FreshSignIn {
  readonly token: string;
  readonly caller: StaffCaller;
  /** Hash of the password that it was opened by. */
  readonly password: string;
}

/** Where somebody comes from who wants to sign in. */
export interface SigningIn {
  readonly address: string;
  /** What this browser was given when somebody signed in there before. */
  readonly browserToken: string | null;
  readonly correlationId: string;
}

const unknownSignIn = refused('SIGN_IN_REFUSED');
/** What whoever signs in must not learn about an account. */
const saysNothing: ReadonlySet<string> = new Set(['SIGN_IN_REFUSED', 'ACCOUNT_DISABLED']);
/** What somebody is told whose address has too many passwords to be looked at, milliseconds. */
const waitForTurn = 5000;

/** Who a member of staff is, by cookie; how that begins, by password or link; and how it ends. */
export class SignIns {
  readonly secrets: AccountSecrets;
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
  ) {
    this.secrets = new AccountSecrets(parts);
  }

  /** The caller behind a cookie; null when it is unknown, expired, ended, or the account is disabled. */
  async callerOf(token: string | undefined, correlationId: string): Promise<StaffCaller | null> {
    if (token === undefined || token === '') return null;
    const signIn = await this.secrets.signInOf(token);
    if (signIn === null) return null;
    const { accountId, signInId } = signIn;
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
      if (verified === null || accountId === null) return unknownSignIn;
      const fresh = await this.open(accountId, verified, from.correlationId);
      return !fresh.ok && saysNothing.has(fresh.refusal.code) ? unknownSignIn : fresh;
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

  /** Signs an account in whose person has proved themselves by the password of this hash, if it still is the password. */
  open(accountId: string, password: string, correlationId: string): Promise<Outcome<FreshSignIn>> {
    return this.secrets.inTurn(accountId, async () => {
      const isStill = (await this.secrets.passwordOf(accountId)) === password;
      return isStill ? this.#open(accountId, password, correlationId) : refused('SIGN_IN_REFUSED');
    });
  }

  async #open(accountId: string, password: string, correlationId: string): Promise<Outcome<FreshSignIn>> {
    const { commands } = this.parts;
    const signInId = randomUUID();
    const known = await this.accountOf(accountId);
    if (known === null) return refused('SIGN_IN_REFUSED');
    const caller = callerFor(known, signInId, correlationId);
    const about = { stream: streamOf('representative', accountId), commandId: signInId, caller };
    const outcome = await commands.handle(account, about, { type: 'SignIn', payload: { signInId } });
    // A damaged log takes no record any more, but somebody must be able to come and look at the damage. Any other trouble
    // passes: until then there is no sign-in that the log does not know of.
    const isToLook = !outcome.ok && outcome.refusal.code === 'LOG_READ_ONLY' && known.status === 'active';
    if (!outcome.ok && !isToLook) return outcome;
    return done({ token: await this.secrets.addSignIn({ accountId, signInId }), caller, password });
  }

  async signOut(token: string, caller: StaffCaller): Promise<void> {
    await this.secrets.removeSignIn(token, caller.accountId);
    const about = { stream: streamOf('representative', caller.accountId), commandId: randomUUID(), caller };
    await this.parts.commands.handle(account, about, { type: 'SignOut', payload: { signInId: caller.signInId } });
  }

  /** Whether a person who is signed in knows their password. @returns its hash */
  async verifyOwn(caller: StaffCaller, browserToken: string | null, password: string): Promise<Outcome<string>> {
    const { accountId, signInId } = caller;
    const mark = await this.parts.browsers.markOf(browserToken, accountId);
    const guards = [
      // Whoever has got hold of a cookie shuts its owner out neither at their browser nor once they have signed in anew.
      { attempts: this.#ofBrowser, key: `own ${signInId} ${mark ?? 'elsewhere'}` },
      { attempts: this.#ofAccount, key: `own ${accountId}` },
    ];
    const verify = (): Promise<string | null> => this.#turns.run(accountId, () => this.#verify(accountId, password));
    const verified = await guarded(guards, verify, (hash) => hash === null);
    if (!('outcome' in verified)) return { ok: false, refusal: verified.refusal };
    return verified.outcome === null ? refused('SIGN_IN_REFUSED') : done(verified.outcome);
  }

  async #accountIdOf(emailKey: string): Promise<string | null> {
    const holder: StreamName | null = await this.parts.claims.holder('email', emailKey);
    return holder?.replace(/^representative-/, '') ?? null;
  }

  /** @returns the hash of the password, when this is it */
  async #verify(accountId: string | null, password: string): Promise<string | null> {
    const kept = accountId === null ? null : await this.secrets.passwordOf(accountId);
    const isRight = await verifyPassword(password.normalize('NFKC'), kept ?? (await nobodysHash));
    return isRight ? kept : null;
  }
}

function callerFor(known: KnownAccount, signInId: string, correlationId: string): StaffCaller {
  const { id: accountId, roles } = known;
  return { kind: 'staff', accountId, signInId, roles, permissions: permissionsOf(roles), correlationId };
}
