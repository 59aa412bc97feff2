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

/** Accounts of staff: one stream each, one address each. */
export class Accounts {
  constructor(
    private readonly commands: CommandPath,
    private readonly claims: Claims,
    private readonly signIns: SignIns,
  ) {}

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

  async disable(accountId: string, caller: Caller, commandId: string): Promise<Outcome<Handled<unknown>>> {
    const outcome = await this.change(accountId, caller, commandId, { type: 'DisableAccount', payload: {} });
    if (outcome.ok) await this.signIns.endAll(accountId);
    return outcome;
  }

  async signOutEverywhere(accountId: string, caller: Caller, commandId: string): Promise<Outcome<Handled<unknown>>> {
    const outcome = await this.change(accountId, caller, commandId, { type: 'SignOutEverywhere', payload: {} });
    if (outcome.ok) await this.signIns.endAll(accountId);
    return outcome;
  }

  /** Sets a password without a link: at the first start, by the recovery command, by the person himself. */
  async setPassword(
    accountId: string,
    typed: string,
    about: { caller: Caller; commandId: string; how: 'firstStart' | 'recovery' | 'own' },
  ): Promise<Outcome<Handled<unknown>>> {
    const parsed = parsePassword(typed);
    if (!parsed.ok) return parsed;
    const { caller, commandId, how } = about;
    const outcome = await this.change(accountId, caller, commandId, { type: 'ChangePassword', payload: { how } });
    if (!outcome.ok) return outcome;
    await this.signIns.endAll(accountId);
    await this.signIns.setPassword(accountId, parsed.password);
    return outcome;
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
