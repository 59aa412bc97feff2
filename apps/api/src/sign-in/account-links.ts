import { account, accountLinkLifetimeHours, parsePassword } from '@deskside/domain';
import type { Vault } from '@deskside/vault';
import type { AccessJournal } from '../access/access-journal';
import type { Clock } from '../clock/clock';
import type { Caller } from '../command-path/caller';
import { isCommandId } from '../command-path/command-id';
import type { CommandPath, Handled } from '../command-path/command-path';
import { derivedId, streamOf } from '../command-path/derived-id';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import type { Position } from '@deskside/event-store';
import type { AccountSecrets } from './account-secrets';
import { hashPassword } from './passwords';
import { newSecretToken, tokenHash } from './secret-token';
import type { FreshSignIn, SignIns } from './sign-ins';

export interface IssuedLink {
  readonly secret: string;
  readonly expiresAt: string;
  readonly position: Position;
}

/** One-time links by which a person sets their password: on invitation and after a reset. */
export class AccountLinks {
  readonly #secrets: AccountSecrets;

  constructor(
    private readonly parts: {
      readonly vault: Vault;
      readonly commands: CommandPath;
      readonly journal: AccessJournal;
      readonly clock: Clock;
      readonly signIns: SignIns;
    },
  ) {
    this.#secrets = parts.signIns.secrets;
  }

  /** A new link; every earlier one of the account is void from here on. */
  async issue(accountId: string, caller: Caller, commandId: string): Promise<Outcome<IssuedLink>> {
    if (!isCommandId(commandId)) return refused('COMMAND_ID_INVALID');
    return this.#secrets.inTurn(accountId, () => this.#issue(accountId, caller, commandId));
  }

  async #issue(accountId: string, caller: Caller, commandId: string): Promise<Outcome<IssuedLink>> {
    const { vault, commands, clock } = this.parts;
    const expires = new Date(clock.now().getTime() + accountLinkLifetimeHours * 3_600_000);
    const owner = streamOf('representative', accountId);
    const outcome = await commands.handle(
      account,
      { stream: owner, commandId: derivedId('issue-link', commandId), caller },
      { type: 'IssueAccountLink', payload: { expiresAt: expires.toISOString() } },
    );
    if (!outcome.ok) return outcome;
    const { state, position } = outcome.value;
    // The log decides until when, also for a repetition; after the link was used there is none to give out.
    const expiresAt = state.status === 'absent' ? null : state.linkExpiresAt;
    if (expiresAt === null) return refused('LINK_NOT_VALID');
    await vault.removeOwned(owner, ['account-link']);
    const secret = newSecretToken();
    const kept = { kind: 'account-link', id: tokenHash(secret), owner, value: { accountId } };
    await vault.put({ ...kept, expiresAt: new Date(expiresAt) });
    return done({ secret, expiresAt, position });
  }

  /** What a link is for, without using it up. */
  async purposeOf(secret: string): Promise<Outcome<{ accountId: string; purpose: 'invitation' | 'reset' }>> {
    const found = await this.#look(secret);
    if (!found.ok) return found;
    const known = await this.parts.signIns.accountOf(found.value);
    if (known === null || known.status === 'disabled') return refused('LINK_NOT_VALID');
    return done({ accountId: found.value, purpose: known.hasPassword ? 'reset' : 'invitation' });
  }

  /**
   * Sets the password, ends older sign-ins and every link, and signs in. The event comes first and is one however often it is
   * asked for: a link is used up only once it has served, not by a refused password, a full disk or a crash.
   */
  async setPassword(secret: string, typed: string, correlationId: string): Promise<Outcome<FreshSignIn>> {
    const parsed = parsePassword(typed);
    if (!parsed.ok) return parsed;
    const found = await this.#look(secret);
    if (!found.ok) return found;
    const accountId = found.value;
    const password = await hashPassword(parsed.password);
    const caller: Caller = { kind: 'system', id: accountId, correlationId };
    const outcome = await this.#secrets.changePassword(accountId, password, () => this.#use(secret, accountId, caller));
    return outcome.ok ? this.parts.signIns.open(accountId, password, correlationId) : outcome;
  }

  /** Of two who open the link at once one gets it: for the other it is gone by their turn. */
  async #use(secret: string, accountId: string, caller: Caller): Promise<Outcome<Handled<unknown>>> {
    const found = await this.#look(secret);
    if (!found.ok) return found;
    const outcome = await this.parts.commands.handle(
      account,
      { stream: streamOf('representative', accountId), commandId: linkCommandId(tokenHash(secret)), caller },
      { type: 'ChangePassword', payload: { how: 'link' } },
    );
    const isDisabled = !outcome.ok && outcome.refusal.code === 'ACCOUNT_DISABLED';
    return isDisabled ? refused('LINK_NOT_VALID') : outcome;
  }

  /** The account that a link is for, as long as it is good. Nobody guesses 256 bits, so nobody is slowed. */
  async #look(secret: string): Promise<Outcome<string>> {
    const { vault, clock, journal } = this.parts;
    const kept = await vault.get('account-link', tokenHash(secret), clock.now());
    if (kept === null) {
      journal.countUnauthenticated('accountLink');
      return refused('LINK_NOT_VALID');
    }
    return done((kept.value as { accountId: string }).accountId);
  }
}

/** Of what one link does once: a link opened twice at the same moment sets one password. */
function linkCommandId(linkHash: string): string {
  return derivedId('account-link', linkHash);
}
