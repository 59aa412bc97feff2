import {
  ChangeDetectionStrategy,
  Component,
  booleanAttribute,
  computed,
  effect,
  inject,
  input,
  untracked,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatMenuModule } from '@angular/material/menu';
import { Router } from '@angular/router';
import {
  Empty,
  ErrorMessage,
  Icon,
  Localization,
  PersonName,
  Skeleton,
  Time,
  Writes,
  injectNow,
  injectTexts,
  readable,
  shownText,
} from '@deskside/ui';
import { Page } from '../page/page';
import { SignedInPerson } from '../sign-in/signed-in-person';
import { AccountActs } from './account-acts';
import { AccountList } from './account-list';
import type { ListedAccount } from './account-list';
import { RoleNames } from './role-names';

/** Who may sign in. `?invite=true` opens the invitation at once. */
@Component({
  selector: 'ds-accounts-page',
  imports: [
    Empty,
    ErrorMessage,
    Icon,
    MatButtonModule,
    MatMenuModule,
    Page,
    PersonName,
    RoleNames,
    Skeleton,
    Time,
    Writes,
  ],
  providers: [AccountList],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './accounts-page.html',
  styleUrl: './accounts-page.scss',
})
export class AccountsPage {
  readonly invite = input(false, { transform: booleanAttribute });

  protected readonly t = injectTexts();
  protected readonly acts = inject(AccountActs);
  protected readonly list = inject(AccountList);
  protected readonly myId = computed(() => this.#person.me()?.id);
  readonly #person = inject(SignedInPerson);
  readonly #localization = inject(Localization);
  readonly #now = injectNow(60_000);

  /** By name, as the reader's language sorts. */
  protected readonly accounts = computed(() => {
    const { compare } = new Intl.Collator(this.#localization.tag());
    const nameOf = (account: ListedAccount): string => readable(account.name) ?? '';
    return this.list.accounts()?.toSorted((a, b) => compare(nameOf(a), nameOf(b))) ?? null;
  });

  constructor() {
    const router = inject(Router);
    effect(() => {
      if (!this.invite()) return;
      untracked(() => void this.acts.invite());
      void router.navigate([], { queryParams: {}, replaceUrl: true });
    });
  }

  protected nameOf({ name, email }: ListedAccount): string {
    return readable(name) ?? shownText(email, this.t);
  }

  protected linkIsGood({ linkExpiresAt }: ListedAccount): boolean {
    return linkExpiresAt !== null && Date.parse(linkExpiresAt) > this.#now();
  }
}
