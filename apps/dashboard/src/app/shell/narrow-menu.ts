import { ChangeDetectionStrategy, Component, Injectable, computed, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatDialog, MatDialogModule } from '@angular/material/dialog';
import { MatListModule } from '@angular/material/list';
import { RouterLink } from '@angular/router';
import { ColorSchemeMenu, Icon, LanguageMenu, injectTexts } from '@deskside/ui';
import { SignedInPerson } from '../sign-in/signed-in-person';
import { AccountActions } from './account-actions';
import { pagesFor } from './pages';

/** Where one can go, on a screen without room for it in the top line. */
@Component({
  selector: 'ds-narrow-menu',
  imports: [ColorSchemeMenu, Icon, LanguageMenu, MatButtonModule, MatDialogModule, MatListModule, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2 mat-dialog-title>{{ t('shell.menu') }}</h2>
    <mat-dialog-content>
      <mat-nav-list [attr.aria-label]="t('shell.navigation')">
        @for (page of pages(); track page.id) {
          <a mat-list-item mat-dialog-close [routerLink]="page.path">
            <ds-icon matListItemIcon [name]="page.icon" />
            <span matListItemTitle>{{ t('shell.' + page.id) }}</span>
          </a>
        }
      </mat-nav-list>
      <div class="own">
        <ds-language-menu (chosen)="account.keepLocale($event)" />
        <ds-color-scheme-menu />
      </div>
    </mat-dialog-content>
    <mat-dialog-actions>
      <button matButton type="button" mat-dialog-close>{{ t('app.close') }}</button>
    </mat-dialog-actions>
  `,
  styles: `
    .own {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      padding-block-start: 8px;
      border-block-start: 1px solid var(--ds-line);
    }
  `,
})
export class NarrowMenuDialog {
  protected readonly t = injectTexts();
  protected readonly account = inject(AccountActions);
  readonly #person = inject(SignedInPerson);
  protected readonly pages = computed(() => pagesFor((permission) => this.#person.may(permission)));
}

@Injectable({ providedIn: 'root' })
export class NarrowMenu {
  readonly #dialogs = inject(MatDialog);

  open(): void {
    this.#dialogs.open(NarrowMenuDialog);
  }
}
