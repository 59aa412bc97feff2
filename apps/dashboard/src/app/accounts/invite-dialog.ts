import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { FormField, FormRoot, form, validate } from '@angular/forms/signals';
import { MatButtonModule } from '@angular/material/button';
import { MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { parseEmail, parseName } from '@deskside/domain';
import type { Role } from '@deskside/domain';
import { ErrorMessage, Writes, commandId, injectTexts, sentenceFor } from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { InviteAccountDocument } from '../../generated/graphql';
import { refusedField } from '../field-errors/refused-field';
import { StaffRequests } from '../sign-in/staff-requests';
import type { ShownLink } from './account-link-dialog';
import { RoleChoice } from './role-choice';

/** Closes with the link of the new account. What the server refuses stands at the field it is about. */
@Component({
  selector: 'ds-invite-dialog',
  imports: [
    ErrorMessage,
    FormField,
    FormRoot,
    MatButtonModule,
    MatDialogModule,
    MatFormFieldModule,
    MatInputModule,
    RoleChoice,
    Writes,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './invite-dialog.html',
  styleUrl: './invite-dialog.scss',
})
export class InviteDialog {
  protected readonly t = injectTexts();
  protected readonly failure = signal<Failure | null>(null);
  protected readonly roles = signal<readonly Role[]>(['representative']);
  readonly #requests = inject(StaffRequests);
  readonly #dialog = inject<MatDialogRef<InviteDialog, ShownLink>>(MatDialogRef);

  readonly #typed = signal({ name: '', email: '' });
  protected readonly fields = form(
    this.#typed,
    (path) => {
      validate(path.name, ({ value }) => this.#unless(parseName(value())));
      validate(path.email, ({ value }) => this.#unless(parseEmail(value())));
    },
    { submission: { action: () => this.#invite() } },
  );

  #unless(
    parsed: ReturnType<typeof parseName> | ReturnType<typeof parseEmail>,
  ): { kind: string; message: string } | null {
    if (parsed.ok) return null;
    const failure = { kind: 'refused', ...parsed.refusal } as const;
    return { kind: failure.code, message: sentenceFor(failure, this.t) };
  }

  async #invite(): Promise<ReturnType<typeof refusedField>> {
    this.failure.set(null);
    const variables = { commandId: commandId(), ...this.#typed(), roles: this.roles() };
    const answer = await this.#requests.send(InviteAccountDocument, variables);
    if (answer.ok) {
      const { url, expiresAt } = answer.data.inviteAccount;
      this.#dialog.close({ name: this.#typed().name, url, expiresAt });
      return undefined;
    }
    const { name, email } = this.fields;
    const atField = refusedField(answer.failure, { NAME: name, EMAIL: email }, this.t);
    if (atField === undefined) this.failure.set(answer.failure);
    return atField;
  }
}
