import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { personalText } from '../accounts/people-names';
import type { StaffCaller } from '../command-path/caller';
import { streamOf } from '../command-path/derived-id';
import { answer, refusalError } from '../command-path/outcome';
import type { AccountLinkPurpose, Me, Receipt } from '../graphql/generated/staff';
import { staffPath } from '../graphql/endpoints';
import { browserCookie, signedIn, signInCookie } from '../graphql/staff-context';
import type { StaffContext } from '../graphql/staff-context';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';
import { isLocale } from '../site/locales';
import { knownForDays } from './known-browsers';
import type { FreshSignIn } from './sign-ins';

@Resolver()
export class SignInResolver {
  constructor(@Inject(NODE) private readonly node: DesksideNode) {}

  @Query('me')
  async me(@Context() { caller }: StaffContext): Promise<Me | null> {
    return caller === null ? null : this.#describe(caller);
  }

  @Mutation('signIn')
  async signIn(
    @Context() context: StaffContext,
    @Args('email') email: string,
    @Args('password') password: string,
  ): Promise<Me> {
    return this.#enter(context, answer(await this.node.signIns.signIn(email, password, context)));
  }

  @Mutation('signOut')
  async signOut(@Context() { caller, token, response }: StaffContext): Promise<boolean> {
    response?.clearCookie(signInCookie, { path: '/' });
    if (caller === null || token === null) return false;
    await this.node.signIns.signOut(token, caller);
    return true;
  }

  @Query('accountLink')
  async accountLink(@Context() context: StaffContext, @Args('secret') secret: string): Promise<AccountLinkPurpose> {
    const { accountId, purpose } = answer(await this.node.links.purposeOf(secret));
    const subject = streamOf('representative', accountId);
    return { purpose, ...this.#nameAndEmail(subject) };
  }

  @Mutation('setPassword')
  async setPassword(
    @Context() context: StaffContext,
    @Args('secret') secret: string,
    @Args('password') password: string,
  ): Promise<Me> {
    return this.#enter(context, answer(await this.node.links.setPassword(secret, password, context.correlationId)));
  }

  @Mutation('changeOwnPassword')
  async changeOwnPassword(
    @Context() context: StaffContext,
    @Args() { commandId, current, next }: { commandId: string; current: string; next: string },
  ): Promise<Receipt> {
    const caller = signedIn(context);
    const { accountId } = caller;
    const verified = answer(await this.node.signIns.verifyOwn(caller, context.browserToken, current));
    const by = { caller, commandId, how: 'own', verified } as const;
    const { position, password } = answer(await this.node.accounts.setPassword(accountId, next, by));
    // The new password ended this sign-in with all the others; the person who typed it stays in.
    this.#keep(context, answer(await this.node.signIns.open(accountId, password, context.correlationId)));
    return { position };
  }

  @Mutation('changeOwnLocale')
  async changeOwnLocale(
    @Context() context: StaffContext,
    @Args('commandId') commandId: string,
    @Args('locale') locale: string,
  ): Promise<Receipt> {
    const caller = signedIn(context);
    if (!isLocale(locale)) throw refusalError({ code: 'INPUT_INVALID' });
    const command = { type: 'ChangeAccount', payload: { locale } } as const;
    return answer(await this.node.accounts.change(caller.accountId, caller, commandId, command));
  }

  async #enter(context: StaffContext, fresh: FreshSignIn): Promise<Me> {
    this.#keep(context, fresh);
    return this.#describe(fresh.caller);
  }

  #keep({ response, browserToken }: StaffContext, { token, caller, password }: FreshSignIn): void {
    const { settings, knownBrowsers } = this.node;
    const maxAge = settings.DESKSIDE_SIGN_IN_HOURS * 3_600_000;
    const secure = response?.req.secure ?? false;
    const hidden = { httpOnly: true, sameSite: 'strict', secure } as const;
    response?.cookie(signInCookie, token, { ...hidden, path: '/', maxAge });
    const known = knownBrowsers.withAccount(browserToken, { accountId: caller.accountId, password });
    response?.cookie(browserCookie, known, { ...hidden, path: staffPath, maxAge: knownForDays * 86_400_000 });
  }

  async #describe({ accountId, roles, permissions }: StaffCaller): Promise<Me> {
    const known = await this.node.signIns.accountOf(accountId);
    const subject = streamOf('representative', accountId);
    return {
      id: accountId,
      roles: [...roles],
      permissions: [...permissions],
      locale: known?.locale ?? null,
      ...this.#nameAndEmail(subject),
    };
  }

  #nameAndEmail(subject: string): Pick<Me, 'name' | 'email'> {
    const { names } = this.node;
    return {
      name: personalText(names.of([subject]).get(subject)),
      email: personalText(names.emailsOf([subject]).get(subject)),
    };
  }
}
