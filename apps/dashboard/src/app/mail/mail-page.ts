import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { RouterLink } from '@angular/router';
import { ErrorMessage, Icon, Skeleton, Writes, commandId, injectTexts, readable } from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { SendTestMailDocument } from '../../generated/graphql';
import type { SendTestMailMutation } from '../../generated/graphql';
import { Page } from '../page/page';
import { SignedInPerson } from '../sign-in/signed-in-person';
import { StaffRequests } from '../sign-in/staff-requests';
import { MailFacts } from './mail-facts';

/** How mail leaves this site, and a try of it with what the mail server answered. */
@Component({
  selector: 'ds-mail-page',
  imports: [
    ErrorMessage,
    Icon,
    MatButtonModule,
    MatFormFieldModule,
    MatInputModule,
    Page,
    RouterLink,
    Skeleton,
    Writes,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './mail-page.html',
  styleUrl: './mail-page.scss',
})
export class MailPage {
  protected readonly t = injectTexts();
  protected readonly facts = inject(MailFacts);
  protected readonly to = signal(readable(inject(SignedInPerson).me()?.email) ?? '');
  protected readonly busy = signal(false);
  protected readonly failure = signal<Failure | null>(null);
  protected readonly tried = signal<(SendTestMailMutation['sendTestMail'] & { readonly to: string }) | null>(null);
  readonly #requests = inject(StaffRequests);

  protected async sendTestMail(submitted: Event): Promise<void> {
    submitted.preventDefault();
    if (this.busy()) return;
    const to = this.to().trim();
    this.busy.set(true);
    this.failure.set(null);
    this.tried.set(null);
    const answer = await this.#requests.send(SendTestMailDocument, { commandId: commandId(), to });
    this.busy.set(false);
    if (answer.ok) this.tried.set({ ...answer.data.sendTestMail, to });
    else this.failure.set(answer.failure);
  }
}
