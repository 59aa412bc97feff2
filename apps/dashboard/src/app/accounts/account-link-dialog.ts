import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule } from '@angular/material/dialog';
import { Times, injectTexts, isolated } from '@deskside/ui';
import { CopyButton } from '../copying/copy-button';

/** A one-time link that was just made. `name`: whose. */
export interface ShownLink {
  readonly name: string;
  readonly url: string;
  readonly expiresAt: string;
}

/** Shows the link once: the server keeps only its hash. */
@Component({
  selector: 'ds-account-link-dialog',
  imports: [CopyButton, MatButtonModule, MatDialogModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2 mat-dialog-title>{{ t('accounts.link.title', { name }) }}</h2>
    <mat-dialog-content>
      <p class="url" translate="no">{{ link.url }}</p>
      <ds-copy-button look="filled" [text]="link.url" [label]="t('accounts.link.copy')" />
      <p>{{ t('accounts.link.once') }}</p>
      <p>{{ t('accounts.link.until', { time: times.dayAndClock(link.expiresAt) }) }}</p>
    </mat-dialog-content>
    <mat-dialog-actions>
      <button matButton type="button" mat-dialog-close>{{ t('accounts.link.done') }}</button>
    </mat-dialog-actions>
  `,
  styles: `
    mat-dialog-content {
      display: flex;
      flex-direction: column;
      align-items: flex-start;
      gap: 12px;
    }
    p {
      color: var(--ds-text-2);
    }
    .url {
      width: 100%;
      padding: 12px;
      border: 1px solid var(--ds-line-strong);
      border-radius: var(--ds-radius);
      background: var(--ds-surface-2);
      color: var(--ds-text);
      font-size: var(--ds-large);
      overflow-wrap: anywhere;
      user-select: all;
    }
  `,
})
export class AccountLinkDialog {
  protected readonly t = injectTexts();
  protected readonly times = inject(Times);
  protected readonly link = inject<ShownLink>(MAT_DIALOG_DATA);
  protected readonly name = isolated(this.link.name);
}
