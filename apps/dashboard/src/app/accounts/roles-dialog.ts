import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule } from '@angular/material/dialog';
import type { Role } from '@deskside/domain';
import { Writes, injectTexts, isolated } from '@deskside/ui';
import { RoleChoice } from './role-choice';

/** Whose roles; `own`: the administrator's own account, which keeps that role. */
export interface RolesToChange {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly own: boolean;
}

/** Closes with the roles chosen. */
@Component({
  selector: 'ds-roles-dialog',
  imports: [MatButtonModule, MatDialogModule, RoleChoice, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2 mat-dialog-title>{{ t('accounts.changeRolesTitle', { name }) }}</h2>
    <mat-dialog-content>
      <ds-role-choice [(chosen)]="roles" [fixed]="given.own ? 'administrator' : null" />
      @if (given.own) {
        <p>{{ t('accounts.ownAdministrator') }}</p>
      }
    </mat-dialog-content>
    <mat-dialog-actions>
      <button matButton type="button" mat-dialog-close>{{ t('app.cancel') }}</button>
      <button matButton="filled" type="button" dsWrites [disabled]="!changed()" [mat-dialog-close]="roles()">
        {{ t('app.save') }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    p {
      color: var(--ds-text-2);
    }
  `,
})
export class RolesDialog {
  protected readonly t = injectTexts();
  protected readonly given = inject<RolesToChange>(MAT_DIALOG_DATA);
  protected readonly name = isolated(this.given.name);
  protected readonly roles = signal(this.given.roles);
  protected readonly changed = computed(() => {
    const roles = this.roles();
    const same = roles.length === this.given.roles.length && roles.every((role) => this.given.roles.includes(role));
    return roles.length > 0 && !same;
  });
}
