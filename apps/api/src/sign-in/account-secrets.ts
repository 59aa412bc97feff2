import { setTimeout as pause } from 'node:timers/promises';
import { VaultFull, VaultUnavailable } from '@deskside/vault';
import type { StoredSecret, Vault } from '@deskside/vault';
import type { Clock } from '../clock/clock';
import { streamOf } from '../command-path/derived-id';
import type { Outcome } from '../command-path/outcome';
import { Turns } from '../command-path/turns';
import { newSecretToken, tokenHash } from './secret-token';

export interface SignInRecord {
  readonly accountId: string;
  readonly signInId: string;
}

interface Parts {
  readonly vault: Vault;
  readonly clock: Clock;
  /** Of a sign-in that is not used. */
  readonly hours: number;
}

/** How long a request waits for its sign-in to be prolonged, milliseconds; it is tried again by the next one. */
const waitsToProlong = 250;

/**
 * What the vault keeps of an account: the hash of its password, its sign-ins, its links. Whatever adds to it or ends it has
 * the account's turn, together with the event that says so. So a sign-in came either before all were ended, and is ended with
 * them, or after, and was let in by what has been true since; nothing that was looked up earlier brings one back.
 */
export class AccountSecrets {
  readonly #turns = new Turns();
  readonly #prolonging = new Map<string, Promise<void>>();
  #onEnded: (accountId: string) => void = () => undefined;

  constructor(private readonly parts: Parts) {}

  /** Told when all sign-ins of an account have ended. */
  whenEnded(listener: (accountId: string) => void): void {
    this.#onEnded = listener;
  }

  inTurn<T>(accountId: string, work: () => Promise<T>): Promise<T> {
    return this.#turns.take(accountId, work);
  }

  /** The hash; null before the first password. */
  async passwordOf(accountId: string): Promise<string | null> {
    const { vault, clock } = this.parts;
    const kept = await vault.get('password', accountId, clock.now());
    return kept === null ? null : String(kept.value);
  }

  /**
   * Writes the event, then ends every sign-in and every unused link. Where the second cannot be done it rejects, and the same
   * command does it when it is repeated: its event is answered from the log.
   */
  endAll<T>(accountId: string, event: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    return this.#after(accountId, event, () => this.#removeAll(accountId));
  }

  /** The same with another password, whose hash is made already: nobody gets in between by the old one. */
  changePassword<T>(accountId: string, hash: string, event: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const owner = streamOf('representative', accountId);
    return this.#after(accountId, event, () =>
      // The vault writes together what it is asked for together: nobody is left with half of it.
      Promise.all([
        this.parts.vault.put({ kind: 'password', id: accountId, owner, value: hash, expiresAt: null }),
        this.#removeAll(accountId),
      ]),
    );
  }

  /** Has to have the account's turn. @returns the token, which is kept nowhere here */
  async addSignIn(record: SignInRecord): Promise<string> {
    const token = newSecretToken();
    await this.#keep(tokenHash(token), record);
    return token;
  }

  removeSignIn(token: string, accountId: string): Promise<void> {
    return this.inTurn(accountId, () => this.parts.vault.remove('sign-in', tokenHash(token)));
  }

  /** The sign-in behind a cookie, prolonged by its use; null when it is unknown, has expired or was ended. */
  async signInOf(token: string): Promise<SignInRecord | null> {
    const kept = await this.#signIn(tokenHash(token));
    if (kept === null) return null;
    // Whoever is signed in goes on while nothing can be written.
    if (this.#isToProlong(kept))
      await Promise.race([this.#prolong(kept), pause(waitsToProlong, undefined, { ref: false })]);
    return kept.value as SignInRecord;
  }

  #after<T>(accountId: string, event: () => Promise<Outcome<T>>, end: () => Promise<unknown>): Promise<Outcome<T>> {
    return this.inTurn(accountId, async () => {
      const outcome = await event();
      if (!outcome.ok) return outcome;
      await end();
      this.#onEnded(accountId);
      return outcome;
    });
  }

  #removeAll(accountId: string): Promise<number> {
    return this.parts.vault.removeOwned(streamOf('representative', accountId), ['sign-in', 'account-link']);
  }

  #signIn(id: string): Promise<StoredSecret | null> {
    return this.parts.vault.get('sign-in', id, this.parts.clock.now());
  }

  async #keep(id: string, value: SignInRecord): Promise<void> {
    const { vault, clock, hours } = this.parts;
    const owner = streamOf('representative', value.accountId);
    const expiresAt = new Date(clock.now().getTime() + hours * 3_600_000);
    await vault.put({ kind: 'sign-in', id, owner, value, expiresAt });
  }

  /** Written at most once in a tenth of its life. */
  #isToProlong({ expiresAt }: StoredSecret): boolean {
    const { clock, hours } = this.parts;
    return (expiresAt?.getTime() ?? 0) - clock.now().getTime() < hours * 3_600_000 * 0.9;
  }

  /** One at a time, so that requests that come while nothing can be written do not queue up before a sign-out. */
  #prolong({ id, value }: StoredSecret): Promise<void> {
    const record = value as SignInRecord;
    const prolonging =
      this.#prolonging.get(id) ??
      this.inTurn(record.accountId, async () => {
        // It may have been ended since it was looked up.
        if ((await this.#signIn(id)) !== null) await this.#keep(id, record);
      })
        .catch(orNotNow)
        .finally(() => this.#prolonging.delete(id));
    this.#prolonging.set(id, prolonging);
    return prolonging;
  }
}

function orNotNow(error: unknown): void {
  if (!(error instanceof VaultUnavailable || error instanceof VaultFull)) throw error;
}
