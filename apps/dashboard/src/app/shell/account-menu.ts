import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatDividerModule } from '@angular/material/divider';
import { MatMenuModule } from '@angular/material/menu';
import { Avatar, injectTexts, readable, shownText, Writes } from '@deskside/ui';
import { CommandDialogs } from '../commands/command-dialogs';
import { SignedInPerson } from '../sign-in/signed-in-person';
import { AccountActions } from './account-actions';

/** The person's own corner. */
@Component({
  selector: 'ds-account-menu',
  imports: [Avatar, MatButtonModule, MatDividerModule, MatMenuModule, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button
      matButton
      type="button"
      [matMenuTriggerFor]="menu"
      [attr.aria-label]="t('shell.account.menu', { name: name() })"
    >
      <ds-avatar [name]="name()" colour="h" />
    </button>
    <mat-menu #menu="matMenu" xPosition="before">
      <div class="who">
        <strong>{{ name() }}</strong>
        <span>{{ email() }}</span>
      </div>
      <mat-divider />
      <button mat-menu-item type="button" dsWrites (click)="account.changePassword()">
        {{ t('shell.account.changePassword') }}
      </button>
      <button mat-menu-item type="button" (click)="account.chooseAttention()">
        {{ t('shell.account.attention') }}
      </button>
      <button mat-menu-item type="button" (click)="dialogs.openKeys()">{{ t('shell.account.keys') }}</button>
      <mat-divider />
      <button mat-menu-item type="button" (click)="account.signOut()">{{ t('shell.account.signOut') }}</button>
      <button mat-menu-item type="button" dsWrites (click)="account.signOutEverywhere()">
        {{ t('shell.account.signOutEverywhere') }}
      </button>
    </mat-menu>
  `,
  styles: `
    button[matButton] {
      min-width: 36px;
      padding: 0;
    }
    ds-avatar {
      --ds-avatar-size: 28px;
    }
    .who {
      display: flex;
      flex-direction: column;
      max-width: 280px;
      padding: 8px 16px;
      overflow-wrap: anywhere;
    }
    .who span {
      color: var(--ds-text-2);
      font-size: var(--ds-small);
    }
  `,
})
export class AccountMenu {
  protected readonly t = injectTexts();
  protected readonly account = inject(AccountActions);
  protected readonly dialogs = inject(CommandDialogs);
  readonly #person = inject(SignedInPerson);
  protected readonly name = computed(() => shownText(this.#person.me()?.name, this.t));
  protected readonly email = computed(() => readable(this.#person.me()?.email) ?? '');
}
