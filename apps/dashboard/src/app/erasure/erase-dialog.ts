import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { formatSessionNumber, parseSessionNumber } from '@deskside/domain';
import { ErrorMessage, IgnoreKeysAtFirst, Skeleton, Writes, commandId, injectTexts } from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { ErasePersonalDataDocument, ErasurePreviewDocument } from '../../generated/graphql';
import type { ErasurePreviewQuery } from '../../generated/graphql';

import { StaffRequests } from '../sign-in/staff-requests';
import { ErasureReach } from './erasure-reach';

/** Whom, and the number of a session of theirs: typing it is the confirmation, on any keyboard. */
export interface ToErase {
  readonly customerId: string;
  readonly number: string;
}

type Preview = ErasurePreviewQuery['erasurePreview'];

@Component({
  selector: 'ds-erase-dialog',
  imports: [
    ErasureReach,
    ErrorMessage,
    IgnoreKeysAtFirst,
    MatButtonModule,
    MatDialogModule,
    MatFormFieldModule,
    MatInputModule,
    Skeleton,
    Writes,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './erase-dialog.html',
  styleUrl: './erase-dialog.scss',
})
export class EraseDialog {
  protected readonly t = injectTexts();
  protected readonly preview = signal<Preview | null>(null);
  protected readonly failure = signal<Failure | null>(null);
  protected readonly typed = signal('');
  protected readonly busy = signal(false);
  protected readonly done = signal(false);
  readonly #asked = inject<ToErase>(MAT_DIALOG_DATA);
  readonly #requests = inject(StaffRequests);
  readonly #dialog = inject<MatDialogRef<EraseDialog, boolean>>(MatDialogRef);
  /** One act, however often its answer is lost. */
  readonly #commandId = commandId();

  protected readonly number = formatSessionNumber(this.#asked.number);
  protected readonly possible = computed(() => {
    const preview = this.preview();
    return preview !== null && preview.openSessions === 0 && preview.name.lost !== 'erased';
  });
  protected readonly confirmed = computed(() => parseSessionNumber(this.typed()) === this.#asked.number);
  protected readonly typedWrong = computed(() => this.typed().length >= this.number.length && !this.confirmed());

  constructor() {
    void this.foresee();
  }

  protected async foresee(): Promise<void> {
    this.failure.set(null);
    const answer = await this.#requests.ask(ErasurePreviewDocument, { customerId: this.#asked.customerId });
    if (answer.ok) this.preview.set(answer.data.erasurePreview);
    else this.failure.set(answer.failure);
  }

  protected async erase(submitted: Event): Promise<void> {
    submitted.preventDefault();
    if (!this.confirmed() || this.busy()) return;
    this.failure.set(null);
    this.busy.set(true);
    const variables = { commandId: this.#commandId, customerId: this.#asked.customerId };
    const answer = await this.#requests.send(ErasePersonalDataDocument, variables);
    this.busy.set(false);
    if (!answer.ok) return this.failure.set(answer.failure);
    this.done.set(true);
    this.#dialog.disableClose = true;
  }

  protected close(): void {
    this.#dialog.close(this.done());
  }
}
