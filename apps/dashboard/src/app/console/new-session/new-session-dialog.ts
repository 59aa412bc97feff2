import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { FormField, FormRoot, form } from '@angular/forms/signals';
import { MatButtonModule } from '@angular/material/button';
import { MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { Router } from '@angular/router';
import { ErrorMessage, Writes, commandId, injectTexts } from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { StartOutboundSessionDocument } from '../../../generated/graphql';
import { StaffRequests } from '../../sign-in/staff-requests';
import { OpenSessions } from '../open-sessions/open-sessions';

/** Both fields may stay empty: Enter at once is enough to have a number. */
@Component({
  selector: 'ds-new-session-dialog',
  imports: [
    ErrorMessage,
    FormField,
    FormRoot,
    MatButtonModule,
    MatDialogModule,
    MatFormFieldModule,
    MatInputModule,
    Writes,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2 mat-dialog-title>{{ t('newSession.title') }}</h2>
    <mat-dialog-content>
      <form id="new-session" [formRoot]="fields">
        <p>{{ t('newSession.what') }}</p>
        <mat-form-field>
          <mat-label>{{ t('newSession.subject') }}</mat-label>
          <input matInput dir="auto" autocomplete="off" [formField]="fields.subject" />
          <mat-hint>{{ t('newSession.subjectHint') }}</mat-hint>
        </mat-form-field>
        <mat-form-field>
          <mat-label>{{ t('newSession.ticket') }}</mat-label>
          <input matInput dir="auto" autocomplete="off" [formField]="fields.ticket" />
        </mat-form-field>
        <ds-error [failure]="failure()" />
      </form>
    </mat-dialog-content>
    <mat-dialog-actions>
      <button matButton type="button" mat-dialog-close>{{ t('app.cancel') }}</button>
      <button matButton="filled" type="submit" dsWrites form="new-session" [disabled]="fields().submitting()">
        {{ t(fields().submitting() ? 'newSession.starting' : 'newSession.submit') }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    form {
      display: flex;
      flex-direction: column;
      gap: 12px;
    }
    p {
      color: var(--ds-text-2);
    }
  `,
})
export class NewSessionDialog {
  protected readonly t = injectTexts();
  protected readonly failure = signal<Failure | null>(null);
  readonly #requests = inject(StaffRequests);
  readonly #sessions = inject(OpenSessions);
  readonly #dialog = inject(MatDialogRef);
  readonly #router = inject(Router);

  readonly #typed = signal({ subject: '', ticket: '' });
  protected readonly fields = form(this.#typed, { submission: { action: () => this.#start() } });

  async #start(): Promise<void> {
    this.failure.set(null);
    const { subject, ticket } = this.#typed();
    const about = Object.fromEntries(Object.entries({ subject, ticket }).filter(([, text]) => text.trim() !== ''));
    const answer = await this.#requests.send(StartOutboundSessionDocument, { commandId: commandId(), ...about });
    if (!answer.ok) return this.failure.set(answer.failure);
    const { sessionId } = answer.data.startOutboundSession;
    this.#sessions.expect(sessionId);
    this.#dialog.close();
    await this.#router.navigate(['/console', sessionId]);
  }
}
