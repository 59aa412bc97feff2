import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatCheckboxModule } from '@angular/material/checkbox';
import { MatDialogModule } from '@angular/material/dialog';
import { injectTexts } from '@deskside/ui';
import { KeyCaps } from './key-caps';
import { keyGroups, keyTable } from './key-table';
import { Shortcuts } from './shortcuts';

/** All keys in one list, opened by `?`. */
@Component({
  selector: 'ds-key-list',
  imports: [KeyCaps, MatButtonModule, MatCheckboxModule, MatDialogModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2 mat-dialog-title>{{ t('keys.title') }}</h2>
    <mat-dialog-content>
      @for (group of groups; track group.name) {
        <h3>{{ t('keys.' + group.name) }}</h3>
        <dl>
          @for (key of group.keys; track key.id) {
            <div>
              <dt>{{ t('keys.' + key.id) }}</dt>
              <dd>
                <ds-key-caps [combo]="key.combo" />
                @if (key.upTo) {
                  <span>–</span>
                  <ds-key-caps [combo]="key.upTo" />
                }
              </dd>
            </div>
          }
        </dl>
      }
      <mat-checkbox [checked]="shortcuts.lettersOn()" (change)="shortcuts.switchLetters($event.checked)">
        {{ t('keys.letters') }}
      </mat-checkbox>
      <p>{{ t('keys.lettersWhat') }}</p>
    </mat-dialog-content>
    <mat-dialog-actions>
      <button matButton="filled" type="button" mat-dialog-close>{{ t('app.close') }}</button>
    </mat-dialog-actions>
  `,
  styles: `
    h3 {
      margin-block: 12px 4px;
      color: var(--ds-text-2);
      font-size: var(--ds-small);
      font-weight: var(--ds-weight-strong);
    }
    dl > div {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 16px;
      min-height: var(--ds-row);
      border-block-end: 1px solid var(--ds-line);
    }
    dd {
      display: flex;
      align-items: center;
      gap: 4px;
    }
    mat-checkbox {
      margin-block-start: 12px;
    }
    p {
      color: var(--ds-text-2);
      font-size: var(--ds-small);
    }
  `,
})
export class KeyList {
  protected readonly t = injectTexts();
  protected readonly shortcuts = inject(Shortcuts);
  protected readonly groups = keyGroups.map((name) => ({
    name,
    keys: keyTable.filter((key) => key.group === name).map((key) => ({ ...key, upTo: 'upTo' in key ? key.upTo : '' })),
  }));
}
