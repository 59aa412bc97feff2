import { ChangeDetectionStrategy, Component, input, model } from '@angular/core';
import { MatCheckboxModule } from '@angular/material/checkbox';
import { roles } from '@deskside/domain';
import type { Role } from '@deskside/domain';
import { injectTexts } from '@deskside/ui';

/** The roles of an account, each with what it means. */
@Component({
  selector: 'ds-role-choice',
  imports: [MatCheckboxModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fieldset>
      <legend>{{ t('accounts.roles') }}</legend>
      @for (role of all; track role) {
        <mat-checkbox
          [checked]="chosen().includes(role)"
          [disabled]="role === fixed()"
          (change)="choose(role, $event.checked)"
        >
          <span class="role">{{ t('roles.' + role) }}</span>
          <span class="meaning">{{ t('roles.meaning.' + role) }}</span>
        </mat-checkbox>
      }
    </fieldset>
  `,
  styles: `
    fieldset {
      display: flex;
      flex-direction: column;
      gap: 4px;
      margin: 0;
      padding: 0;
      border: 0;
    }
    legend {
      padding: 0;
      color: var(--ds-text-2);
      font-size: var(--ds-small);
    }
    .role,
    .meaning {
      display: block;
    }
    .meaning {
      color: var(--ds-text-2);
      font-size: var(--ds-small);
    }
  `,
})
export class RoleChoice {
  readonly chosen = model.required<readonly Role[]>();
  /** A role that cannot be taken away here. */
  readonly fixed = input<Role | null>(null);

  protected readonly t = injectTexts();
  protected readonly all = roles;

  protected choose(role: Role, on: boolean): void {
    this.chosen.update((chosen) => roles.filter((one) => (one === role ? on : chosen.includes(one))));
  }
}
