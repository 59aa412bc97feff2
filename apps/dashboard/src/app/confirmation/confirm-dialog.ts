import { ChangeDetectionStrategy, Component, Injectable, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialog, MatDialogModule } from '@angular/material/dialog';
import { IgnoreKeysAtFirst, Writes, injectTexts } from '@deskside/ui';
import { firstValueFrom } from 'rxjs';

/** A question with its consequences, in whole sentences of the reader's language. */
export interface Question {
  readonly title: string;
  readonly what: string;
  readonly confirm: string;
  readonly stay?: string;
}

@Component({
  selector: 'ds-confirm-dialog',
  imports: [IgnoreKeysAtFirst, MatButtonModule, MatDialogModule, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2 mat-dialog-title>{{ question.title }}</h2>
    <mat-dialog-content id="confirm-what">{{ question.what }}</mat-dialog-content>
    <mat-dialog-actions>
      <button matButton type="button" class="first-focus" [mat-dialog-close]="false">
        {{ question.stay ?? t('app.cancel') }}
      </button>
      <button matButton="filled" type="button" dsWrites dsIgnoreKeysAtFirst [mat-dialog-close]="true">
        {{ question.confirm }}
      </button>
    </mat-dialog-actions>
  `,
})
export class ConfirmDialog {
  protected readonly t = injectTexts();
  protected readonly question = inject<Question>(MAT_DIALOG_DATA);
}

/** Asks before something is written that others feel. The harmless answer has the focus. */
@Injectable({ providedIn: 'root' })
export class Confirmation {
  readonly #dialogs = inject(MatDialog);

  async isGiven(question: Question): Promise<boolean> {
    const dialog = this.#dialogs.open<ConfirmDialog, Question, boolean>(ConfirmDialog, {
      data: question,
      role: 'alertdialog',
      ariaDescribedBy: 'confirm-what',
      autoFocus: '.first-focus',
      width: '440px',
    });
    return (await firstValueFrom(dialog.afterClosed())) ?? false;
  }
}
