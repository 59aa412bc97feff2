import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { isRole } from '@deskside/domain';
import type { Role } from '@deskside/domain';
import type { StaffCaller } from '../command-path/caller';
import type { Handled } from '../command-path/command-path';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';
import type { IssuedLink } from '../sign-in/account-links';

export class InviteAccount extends Command<Outcome<InvitedAccount>> {
  constructor(
    readonly caller: StaffCaller,
    readonly commandId: string,
    readonly account: { readonly name: string; readonly email: string; readonly roles: readonly string[] },
  ) {
    super();
  }
}

export interface InvitedAccount extends IssuedLink {
  readonly accountId: string;
}

@CommandHandler(InviteAccount)
export class InviteAccountHandler implements ICommandHandler<InviteAccount> {
  constructor(@Inject(NODE) private readonly node: DesksideNode) {}

  async execute({ caller, commandId, account }: InviteAccount): Promise<Outcome<InvitedAccount>> {
    const denied = await this.node.journal.authorise(caller, 'account.manage', 'InviteAccount');
    if (denied) return denied;
    const roles = account.roles.filter(isRole);
    const created = await this.node.accounts.create({ ...account, roles, origin: 'invitation' }, caller, commandId);
    if (!created.ok) return created;
    const { accountId } = created.value;
    const link = await this.node.links.issue(accountId, caller, commandId);
    return link.ok ? done({ accountId, ...link.value }) : link;
  }
}

export class IssueAccountLink extends Command<Outcome<IssuedLink>> {
  constructor(
    readonly caller: StaffCaller,
    readonly commandId: string,
    readonly accountId: string,
  ) {
    super();
  }
}

@CommandHandler(IssueAccountLink)
export class IssueAccountLinkHandler implements ICommandHandler<IssueAccountLink> {
  constructor(@Inject(NODE) private readonly node: DesksideNode) {}

  async execute({ caller, commandId, accountId }: IssueAccountLink): Promise<Outcome<IssuedLink>> {
    const denied = await this.node.journal.authorise(caller, 'account.manage', 'IssueAccountLink');
    return denied ?? this.node.links.issue(accountId, caller, commandId);
  }
}

type AccountAct =
  | { readonly type: 'SetRoles'; readonly roles: readonly string[] }
  | { readonly type: 'DisableAccount' | 'EnableAccount' | 'SignOutEverywhere' };

/** What an administrator does to an account; signing oneself out everywhere needs no right. */
export class ChangeAccount extends Command<Outcome<Handled<unknown>>> {
  constructor(
    readonly caller: StaffCaller,
    readonly commandId: string,
    readonly accountId: string,
    readonly act: AccountAct,
  ) {
    super();
  }
}

@CommandHandler(ChangeAccount)
export class ChangeAccountHandler implements ICommandHandler<ChangeAccount> {
  #turn: Promise<unknown> = Promise.resolve();

  constructor(@Inject(NODE) private readonly node: DesksideNode) {}

  /** One after the other, each with the rights left by then: of two who would put each other out at once one remains. */
  execute(command: ChangeAccount): Promise<Outcome<Handled<unknown>>> {
    const turn = this.#turn.then(() => this.#change(command));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #change({ caller: before, commandId, accountId, act }: ChangeAccount): Promise<Outcome<Handled<unknown>>> {
    const caller = await this.node.signIns.asOfNow(before);
    const own = act.type === 'SignOutEverywhere' && accountId === caller.accountId;
    const denied = own ? null : await this.node.journal.authorise(caller, 'account.manage', act.type);
    if (denied) return denied;
    const { accounts } = this.node;
    switch (act.type) {
      case 'SetRoles':
        return this.#setRoles(accountId, caller, commandId, act.roles);
      case 'DisableAccount':
        return accounts.disable(accountId, caller, commandId);
      case 'EnableAccount':
        return accounts.change(accountId, caller, commandId, { type: 'EnableAccount', payload: {} });
      case 'SignOutEverywhere':
        return accounts.signOutEverywhere(accountId, caller, commandId);
    }
  }

  async #setRoles(
    accountId: string,
    caller: StaffCaller,
    commandId: string,
    wanted: readonly string[],
  ): Promise<Outcome<Handled<unknown>>> {
    const roles: readonly Role[] = wanted.filter(isRole);
    if (roles.length !== wanted.length) return refused('INPUT_INVALID');
    return this.node.accounts.change(accountId, caller, commandId, { type: 'SetRoles', payload: { roles } });
  }
}
