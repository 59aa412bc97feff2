import { Injectable, inject } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { MatSnackBar } from '@angular/material/snack-bar';
import { commandId, injectTexts, isolated, readable, sentenceFor, shownText } from '@deskside/ui';
import type { Answer } from '@deskside/ui';
import type { Role } from '@deskside/domain';
import { firstValueFrom } from 'rxjs';
import {
  DisableAccountDocument,
  EnableAccountDocument,
  IssueAccountLinkDocument,
  SetAccountRolesDocument,
  SignOutEverywhereDocument,
} from '../../generated/graphql';
import { Confirmation } from '../confirmation/confirm-dialog';
import { SignedInPerson } from '../sign-in/signed-in-person';
import { StaffRequests } from '../sign-in/staff-requests';
import { AccountLinkDialog } from './account-link-dialog';
import type { ShownLink } from './account-link-dialog';
import type { ListedAccount } from './account-list';
import { InviteDialog } from './invite-dialog';
import { RolesDialog } from './roles-dialog';
import type { RolesToChange } from './roles-dialog';

/** What an administrator does with accounts. The list shows the result by itself; a sentence says that it is done. */
@Injectable({ providedIn: 'root' })
export class AccountActs {
  readonly #requests = inject(StaffRequests);
  readonly #confirmation = inject(Confirmation);
  readonly #dialogs = inject(MatDialog);
  readonly #snackBar = inject(MatSnackBar);
  readonly #person = inject(SignedInPerson);
  readonly #t = injectTexts();

  async invite(): Promise<void> {
    const dialog = this.#dialogs.open<InviteDialog, undefined, ShownLink>(InviteDialog, { width: '520px' });
    const link = await firstValueFrom(dialog.afterClosed());
    if (link) this.#showLink(link);
  }

  async newLink(account: ListedAccount): Promise<void> {
    if (!(await this.#confirmed(account, 'newLink'))) return;
    const variables = { commandId: commandId(), accountId: account.id };
    const answer = await this.#requests.send(IssueAccountLinkDocument, variables);
    if (!answer.ok) return this.#tell(answer, '');
    const { url, expiresAt } = answer.data.issueAccountLink;
    this.#showLink({ name: this.#nameOf(account), url, expiresAt });
  }

  async changeRoles(account: ListedAccount): Promise<void> {
    const data = { name: this.#nameOf(account), roles: account.roles, own: account.id === this.#person.me()?.id };
    const dialog = this.#dialogs.open<RolesDialog, RolesToChange, readonly Role[]>(RolesDialog, { data });
    const roles = await firstValueFrom(dialog.afterClosed());
    if (!roles) return;
    const variables = { commandId: commandId(), accountId: account.id, roles };
    this.#tell(await this.#requests.send(SetAccountRolesDocument, variables), 'roles', account);
  }

  async disable(account: ListedAccount): Promise<void> {
    if (!(await this.#confirmed(account, 'disable'))) return;
    const variables = { commandId: commandId(), accountId: account.id };
    this.#tell(await this.#requests.send(DisableAccountDocument, variables), 'disabled', account);
  }

  async enable(account: ListedAccount): Promise<void> {
    const variables = { commandId: commandId(), accountId: account.id };
    this.#tell(await this.#requests.send(EnableAccountDocument, variables), 'enabled', account);
  }

  async signOutEverywhere(account: ListedAccount): Promise<void> {
    if (!(await this.#confirmed(account, 'signOut'))) return;
    const variables = { commandId: commandId(), accountId: account.id };
    this.#tell(await this.#requests.send(SignOutEverywhereDocument, variables), 'signedOut', account);
  }

  #confirmed(account: ListedAccount, act: 'newLink' | 'disable' | 'signOut'): Promise<boolean> {
    const name = isolated(this.#nameOf(account));
    return this.#confirmation.isGiven({
      title: this.#t(`accounts.${act}Title`, { name }),
      what: this.#t(`accounts.${act}What`),
      confirm: this.#t(act === 'signOut' ? 'accounts.signOutEverywhere' : `accounts.${act}`),
    });
  }

  #showLink(data: ShownLink): void {
    this.#dialogs.open(AccountLinkDialog, { data, width: '560px', disableClose: true });
  }

  #nameOf({ name, email }: ListedAccount): string {
    return readable(name) ?? shownText(email, this.#t);
  }

  #tell(answer: Answer<unknown>, done: string, account?: ListedAccount): void {
    const name = account ? isolated(this.#nameOf(account)) : '';
    if (answer.ok) this.#snackBar.open(this.#t(`accounts.done.${done}`, { name }), undefined, { duration: 4000 });
    else this.#snackBar.open(sentenceFor(answer.failure, this.#t), this.#t('app.close'));
  }
}
