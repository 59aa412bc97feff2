import { ChangeDetectionStrategy, Component, DOCUMENT, computed, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import { accountLinkLifetimeHours } from '@deskside/domain';
import { ErrorMessage, Requests, Skeleton, injectTexts, shownText, Writes } from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { AccountLinkPurposeDocument, SetPasswordDocument } from '../../generated/graphql';
import type { AccountLinkPurposeQuery } from '../../generated/graphql';
import { EntryPage } from './entry-page';
import { PasswordField } from './password-field';
import { PasswordRuleList } from './password-rule-list';
import { isAcceptable } from './password-rules';
import { SignedInPerson } from './signed-in-person';

type Purpose = AccountLinkPurposeQuery['accountLink'];

/** `/link#<secret>`: an invited or locked-out person sets a password. The secret stands behind the #, so no server log has it. */
@Component({
  selector: 'ds-account-link-page',
  imports: [EntryPage, ErrorMessage, MatButtonModule, PasswordField, PasswordRuleList, RouterLink, Skeleton, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './account-link-page.html',
  styleUrl: './account-link-page.scss',
})
export class AccountLinkPage {
  readonly #requests = inject(Requests);
  readonly #person = inject(SignedInPerson);
  readonly #router = inject(Router);
  readonly #secret = inject(DOCUMENT).location.hash.slice(1);
  protected readonly t = injectTexts();
  protected readonly hours = accountLinkLifetimeHours;
  protected readonly purpose = signal<Purpose | null>(null);
  protected readonly notValid = signal(false);
  protected readonly failure = signal<Failure | null>(null);
  protected readonly password = signal('');
  protected readonly busy = signal(false);
  protected readonly acceptable = computed(() => isAcceptable(this.password()));
  protected readonly name = computed(() => shownText(this.purpose()?.name, this.t));
  protected readonly email = computed(() => shownText(this.purpose()?.email, this.t));

  constructor() {
    void this.lookUp();
  }

  protected async lookUp(): Promise<void> {
    this.failure.set(null);
    const answer = await this.#requests.ask(AccountLinkPurposeDocument, { secret: this.#secret });
    if (answer.ok) this.purpose.set(answer.data.accountLink);
    else this.#refused(answer.failure);
  }

  protected async setPassword(submitted: Event): Promise<void> {
    submitted.preventDefault();
    if (this.busy() || !this.acceptable()) return;
    this.failure.set(null);
    this.busy.set(true);
    const answer = await this.#requests.send(SetPasswordDocument, { secret: this.#secret, password: this.password() });
    this.busy.set(false);
    if (!answer.ok) return this.#refused(answer.failure);
    this.#person.welcome(answer.data.setPassword);
    void this.#router.navigateByUrl('/', { replaceUrl: true });
  }

  #refused(failure: Failure): void {
    if (failure.kind === 'refused' && failure.code === 'LINK_NOT_VALID') this.notValid.set(true);
    else this.failure.set(failure);
  }
}
