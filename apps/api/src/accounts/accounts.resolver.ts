import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import type { StaffCaller } from '../command-path/caller';
import { streamOf } from '../command-path/derived-id';
import { answer } from '../command-path/outcome';
import { atLeast } from '../graphql/at-least';
import type { AccountLink, AccountList, MutationInviteAccountArgs, Receipt } from '../graphql/generated/staff';
import { signedIn } from '../graphql/staff-context';
import type { StaffContext } from '../graphql/staff-context';
import { listFeed } from '../live-feed/list-feed';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';
import { PublicUrl } from '../node/public-url';
import type { IssuedLink } from '../sign-in/account-links';
import { ChangeAccount, InviteAccount, IssueAccountLink } from './accounts.handlers';
import { personalText } from './people-names';

@Resolver()
export class AccountsResolver {
  constructor(
    @Inject(NODE) private readonly node: DesksideNode,
    @Inject(PublicUrl) private readonly publicUrl: PublicUrl,
    @Inject(CommandBus) private readonly bus: CommandBus,
  ) {}

  @Query('accounts')
  async accounts(@Context() context: StaffContext, @Args('atLeast') position?: string): Promise<AccountList> {
    await this.#authorise(signedIn(context), 'accounts');
    await atLeast(this.node.readModels, ['accounts', 'people-and-search'], position);
    return this.#list();
  }

  @Subscription('accountsFeed', { resolve: (list: unknown) => list })
  async accountsFeed(@Context() context: StaffContext): Promise<AsyncIterableIterator<AccountList>> {
    await this.#authorise(signedIn(context), 'accountsFeed');
    return listFeed(this.node.readModels, ['accounts', 'people-and-search'], () => this.#list());
  }

  @Mutation('inviteAccount')
  async inviteAccount(@Context() context: StaffContext, @Args() args: MutationInviteAccountArgs): Promise<AccountLink> {
    const { commandId, ...account } = args;
    const invited = answer(await this.bus.execute(new InviteAccount(signedIn(context), commandId, account)));
    return this.#linkAnswer(invited.accountId, invited);
  }

  @Mutation('issueAccountLink')
  async issueAccountLink(
    @Context() context: StaffContext,
    @Args('commandId') commandId: string,
    @Args('accountId') accountId: string,
  ): Promise<AccountLink> {
    const issued = answer(await this.bus.execute(new IssueAccountLink(signedIn(context), commandId, accountId)));
    return this.#linkAnswer(accountId, issued);
  }

  @Mutation('setAccountRoles')
  async setAccountRoles(
    @Context() context: StaffContext,
    @Args() { commandId, accountId, roles }: { commandId: string; accountId: string; roles: readonly string[] },
  ): Promise<Receipt> {
    return this.#change(context, { commandId, accountId, act: { type: 'SetRoles', roles } });
  }

  @Mutation('disableAccount')
  async disableAccount(@Context() context: StaffContext, @Args() args: AccountArgs): Promise<Receipt> {
    return this.#change(context, { ...args, act: { type: 'DisableAccount' } });
  }

  @Mutation('enableAccount')
  async enableAccount(@Context() context: StaffContext, @Args() args: AccountArgs): Promise<Receipt> {
    return this.#change(context, { ...args, act: { type: 'EnableAccount' } });
  }

  @Mutation('signOutEverywhere')
  async signOutEverywhere(@Context() context: StaffContext, @Args() args: AccountArgs): Promise<Receipt> {
    return this.#change(context, { ...args, act: { type: 'SignOutEverywhere' } });
  }

  async #change(
    context: StaffContext,
    { commandId, accountId, act }: AccountArgs & Pick<ChangeAccount, 'act'>,
  ): Promise<Receipt> {
    return answer(await this.bus.execute(new ChangeAccount(signedIn(context), commandId, accountId, act)));
  }

  async #authorise(caller: StaffCaller, what: string): Promise<void> {
    const denied = await this.node.journal.authorise(caller, 'account.manage', what);
    if (denied) answer(denied);
  }

  #list(): AccountList {
    const { readModels, names } = this.node;
    const rows = readModels.accounts.all();
    const subjects = rows.map((row) => streamOf('representative', row.id));
    const nameOf = names.of(subjects);
    const emailOf = names.emailsOf(subjects);
    const now = this.node.clock.now().toISOString();
    const accounts = rows.map((row) => {
      const subject = streamOf('representative', row.id);
      const linkExpiresAt = row.linkExpiresAt !== null && row.linkExpiresAt > now ? row.linkExpiresAt : null;
      return {
        ...row,
        roles: [...row.roles],
        linkExpiresAt,
        name: personalText(nameOf.get(subject)),
        email: personalText(emailOf.get(subject)),
      };
    });
    return { accounts, position: readModels.position('accounts') ?? '' };
  }

  #linkAnswer(accountId: string, { secret, expiresAt, position }: IssuedLink): AccountLink {
    // Behind the # the secret reaches no server log and no referrer.
    return { accountId, url: `${this.publicUrl.value}/dashboard/link#${secret}`, expiresAt, position };
  }
}

interface AccountArgs {
  readonly commandId: string;
  readonly accountId: string;
}
