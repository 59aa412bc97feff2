import { account, parseEmail, parseName, parsePassword, UnsealedText } from '@deskside/domain';
import type { AccountCommand, Role } from '@deskside/domain';
import type { Position } from '@deskside/event-store';
import type { Claims } from '../claims/claims';
import type { Caller } from '../command-path/caller';
import { isCommandId } from '../command-path/command-id';
import type { CommandPath, Handled } from '../command-path/command-path';
import { derivedId, streamOf } from '../command-path/derived-id';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import type { AccountSecrets } from '../sign-in/account-secrets';
import { hashPassword, verifyPassword } from '../sign-in/passwords';
import type { SignIns } from '../sign-in/sign-ins';

export interface NewAccount {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly origin: 'firstStart' | 'recovery' | 'invitation';
}

export interface CreatedAccount {
  readonly accountId: string;
  readonly position: Position;
}

export interface PasswordSetting {
  readonly caller: Caller;
  readonly commandId: string;
  readonly how: 'firstStart' | 'recovery' | 'own';
  /** Hash of the password that the person has shown to know. */
  readonly verified?: string;
}

export interface SetPassword {
  readonly position: Position;
  /** Its hash. */
  readonly password: string;
}

/** Accounts of staff: one stream each, one address each. */
export class Accounts {
  readonly #secrets: AccountSecrets;

  constructor(
    private readonly commands: CommandPath,
    private readonly claims: Claims,
    signIns: SignIns,
  ) {
    this.#secrets = signIns.secrets;
  }

  /** The address is claimed before the account exists; of two nodes that want it one gets it. */
  async create(wanted: NewAccount, caller: Caller, commandId: string): Promise<Outcome<CreatedAccount>> {
    const parsed = parseAccount(wanted);
    if (!parsed.ok) return parsed;
    if (!isCommandId(commandId)) return refused('COMMAND_ID_INVALID');
    const { name, email, key } = parsed.value;
    const accountId = derivedId('account', callerId(caller), commandId);
    const stream = streamOf('representative', accountId);
    const claimed = await this.claims.take({ kind: 'email', value: key, claimant: stream, caller, commandId });
    if (!claimed.ok) return claimed;
    const owner = { subject: stream, class: 'identity' } as const;
    const outcome = await this.commands.handle(
      account,
      { stream, commandId, caller },
      {
        type: 'CreateAccount',
        payload: {
          representativeId: accountId,
          name: new UnsealedText(name, owner),
          email: new UnsealedText(email, owner),
          roles: [...new Set(wanted.roles)],
          origin: wanted.origin,
        },
      },
    );
    return outcome.ok ? done({ accountId, position: outcome.value.position }) : outcome;
  }

  /** A command on an existing account by somebody who may give it. */
  change(
    accountId: string,
    caller: Caller,
    commandId: string,
    command: Pick<AccountCommand, 'type' | 'payload'>,
  ): Promise<Outcome<Handled<unknown>>> {
    return this.commands.handle(
      account,
      { stream: streamOf('representative', accountId), commandId, caller },
      command as AccountCommand,
    );
  }

  disable(accountId: string, caller: Caller, commandId: string): Promise<Outcome<Handled<unknown>>> {
    return this.#secrets.endAll(accountId, () =>
      this.change(accountId, caller, commandId, { type: 'DisableAccount', payload: {} }),
    );
  }

  signOutEverywhere(accountId: string, caller: Caller, commandId: string): Promise<Outcome<Handled<unknown>>> {
    return this.#secrets.endAll(accountId, () =>
      this.change(accountId, caller, commandId, { type: 'SignOutEverywhere', payload: {} }),
    );
  }

  /** Sets a password without a link: at the first start, by the recovery command, by the person themselves. */
  async setPassword(accountId: string, typed: string, by: PasswordSetting): Promise<Outcome<SetPassword>> {
    const parsed = parsePassword(typed);
    if (!parsed.ok) return parsed;
    const password = await hashPassword(parsed.password);
    const outcome = await this.#secrets.changePassword(accountId, password, () =>
      this.#changePassword(accountId, parsed.password, by),
    );
    return outcome.ok ? done({ position: outcome.value.position, password }) : outcome;
  }

  async #changePassword(
    accountId: string,
    next: string,
    { caller, commandId, how, verified }: PasswordSetting,
  ): Promise<Outcome<Handled<unknown>>> {
    const now = await this.#secrets.passwordOf(accountId);
    // Somebody was faster, and who knew the old password only is nobody by now; unless it was this very command.
    const isStale = verified !== undefined && now !== verified && !(now !== null && (await verifyPassword(next, now)));
    if (isStale) return refused('SIGN_IN_REFUSED');
    return this.change(accountId, caller, commandId, { type: 'ChangePassword', payload: { how } });
  }
}

function parseAccount({ name, email, roles }: NewAccount): Outcome<{ name: string; email: string; key: string }> {
  const parsedName = parseName(name);
  if (!parsedName.ok) return parsedName;
  const parsedEmail = parseEmail(email);
  if (!parsedEmail.ok) return parsedEmail;
  if (roles.length === 0) return refused('ROLES_EMPTY');
  return done({ name: parsedName.name, email: parsedEmail.email, key: parsedEmail.key });
}

function callerId(caller: Caller): string {
  return caller.kind === 'staff' ? caller.accountId : caller.kind === 'system' ? caller.id : caller.customerId;
}
