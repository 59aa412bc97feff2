import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { FormField, FormRoot, form, validate } from '@angular/forms/signals';
import { MatButtonModule } from '@angular/material/button';
import { MatButtonToggleModule } from '@angular/material/button-toggle';
import { MAT_DIALOG_DATA, MatDialogModule } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { MatSelectModule } from '@angular/material/select';
import { RouterLink } from '@angular/router';
import { invitationChannels, invitationLocales, parseEmail, parsePhone } from '@deskside/domain';
import type { Invitation, InvitationChannel, Refusal } from '@deskside/domain';
import { ErrorMessage, Writes, injectTexts, isLocale, sentenceFor } from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { refusedField } from '../../field-errors/refused-field';
import { SignedInPerson } from '../../sign-in/signed-in-person';
import { SiteFacts } from '../../site-settings/site-facts';
import type { OpenSession } from '../open-sessions/open-session';
import { InvitationActs } from './invitation-acts';
import { InvitationList } from './invitation-list';
import { InvitationScript } from './invitation-script';

export interface InviteCustomerData {
  readonly session: OpenSession;
  readonly channel: InvitationChannel;
}

/** Three ways to invite a customer, and what became of the invitations so far. */
@Component({
  selector: 'ds-invite-customer-dialog',
  imports: [
    ErrorMessage,
    FormField,
    FormRoot,
    InvitationList,
    InvitationScript,
    MatButtonModule,
    MatButtonToggleModule,
    MatDialogModule,
    MatFormFieldModule,
    MatInputModule,
    MatSelectModule,
    RouterLink,
    Writes,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './invite-customer-dialog.html',
  styleUrl: './invite-customer-dialog.scss',
})
export class InviteCustomerDialog {
  protected readonly t = injectTexts();
  readonly #data = inject<InviteCustomerData>(MAT_DIALOG_DATA);
  readonly #acts = inject(InvitationActs);
  protected readonly session = this.#data.session;
  protected readonly channels = invitationChannels;
  protected readonly locales = invitationLocales;
  protected readonly channel = signal<InvitationChannel>(this.#data.channel);
  protected readonly failure = signal<Failure | null>(null);
  /** Whose text stands below the form. */
  protected readonly shown = signal<Invitation['id'] | null>(null);
  protected readonly done = signal(false);
  protected readonly mailIsCaught = signal(false);

  readonly #typed = signal({ recipient: '', customerName: '', locale: usualLocale(inject(SiteFacts)) });
  protected readonly fields = form(
    this.#typed,
    (path) => validate(path.recipient, ({ value }) => this.#wrong(value())),
    { submission: { action: () => this.#invite() } },
  );
  protected readonly takesRecipient = computed(() => this.channel() !== 'instantMessage');

  constructor() {
    if (inject(SignedInPerson).may('mail.manage'))
      void this.#acts.mailIsCaught().then((caught) => this.mailIsCaught.set(caught));
  }

  protected choose(channel: InvitationChannel): void {
    this.channel.set(channel);
    this.failure.set(null);
    this.done.set(false);
    this.shown.set(null);
    this.#typed.update((typed) => ({ ...typed, recipient: '' }));
    this.fields().reset();
  }

  protected showAgain({ id, channel }: Invitation): void {
    this.channel.set(channel);
    this.shown.set(id);
  }

  #wrong(recipient: string): { kind: string; message: string } | null {
    const parsed = this.#parse(recipient);
    return parsed === null ? null : { kind: parsed.code, message: sentenceFor({ kind: 'refused', ...parsed }, this.t) };
  }

  /** By telephone one may speak without writing the number down. */
  #parse(recipient: string): Refusal | null {
    const channel = this.channel();
    if (channel === 'instantMessage' || (channel === 'phone' && recipient.trim() === '')) return null;
    const parsed = channel === 'email' ? parseEmail(recipient) : parsePhone(recipient);
    return parsed.ok ? null : parsed.refusal;
  }

  async #invite(): Promise<ReturnType<typeof refusedField>> {
    this.failure.set(null);
    this.done.set(false);
    const channel = this.channel();
    const { id, answer } = await this.#acts.invite(this.session.id, { channel, ...this.#typed() });
    if (!answer.ok) {
      const { recipient, customerName } = this.fields;
      const fields = { EMAIL: recipient, PHONE: recipient, NAME: customerName };
      const atField = refusedField(answer.failure, fields, this.t);
      if (atField === undefined) this.failure.set(answer.failure);
      return atField;
    }
    this.shown.set(channel === 'email' ? null : id);
    this.done.set(true);
    this.#typed.update((typed) => ({ ...typed, recipient: channel === 'email' ? '' : typed.recipient }));
    this.fields().reset();
    return undefined;
  }
}

function usualLocale({ site }: SiteFacts): string {
  const locale = site()?.defaultLocale ?? null;
  return isLocale(locale) ? locale : 'en';
}
