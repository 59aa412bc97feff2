import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { FormField, FormRoot, form } from '@angular/forms/signals';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { MatSelectModule } from '@angular/material/select';
import { MatSnackBar } from '@angular/material/snack-bar';
import { privacyNoticeLimit } from '@deskside/domain';
import { ErrorMessage, Writes, commandId, injectTexts, localeNames, locales } from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { ChangeSiteSettingsDocument } from '../../generated/graphql';
import { refusedField } from '../field-errors/refused-field';
import { GettingStartedSteps } from '../getting-started/getting-started-steps';
import { StaffRequests } from '../sign-in/staff-requests';
import { changedSettings } from './changed-settings';
import type { EditableSettings } from './changed-settings';
import { SiteFacts } from './site-facts';
import type { Site } from './site-facts';

/** Each setting with its meaning and what is in effect now. Saving is an event in the site's history. */
@Component({
  selector: 'ds-site-settings-form',
  imports: [
    ErrorMessage,
    FormField,
    FormRoot,
    MatButtonModule,
    MatFormFieldModule,
    MatInputModule,
    MatSelectModule,
    Writes,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './site-settings-form.html',
  styleUrl: './site-settings-form.scss',
})
export class SiteSettingsForm {
  readonly site = input.required<Site>();

  protected readonly t = injectTexts();
  protected readonly locales = locales;
  protected readonly localeNames: Readonly<Record<string, string>> = localeNames;
  protected readonly failure = signal<Failure | null>(null);
  readonly #requests = inject(StaffRequests);
  readonly #facts = inject(SiteFacts);
  readonly #steps = inject(GettingStartedSteps);
  readonly #snackBar = inject(MatSnackBar);

  readonly #now = computed<EditableSettings>(() => {
    const { name, privacyNotice, defaultLocale } = this.site();
    return { name, privacyNotice, defaultLocale };
  });
  /** What is typed survives a reload of the facts: only the first ones fill the form, and each saving. */
  readonly #wanted = linkedSignal<EditableSettings, EditableSettings>({
    source: this.#now,
    computation: (now, before) =>
      before === undefined ? now : { ...now, ...changedSettings(before.source, before.value) },
  });
  protected readonly fields = form(this.#wanted, { submission: { action: () => this.#save() } });
  protected readonly changes = computed(() => changedSettings(this.#now(), this.#wanted()));
  protected readonly isChanged = computed(() => Object.keys(this.changes()).length > 0);
  protected readonly noticeLeft = computed(() => privacyNoticeLimit - this.#wanted().privacyNotice.length);

  protected discard(): void {
    this.#wanted.set(this.#now());
    this.failure.set(null);
  }

  async #save(): Promise<ReturnType<typeof refusedField>> {
    this.failure.set(null);
    const variables = { commandId: commandId(), ...this.changes() };
    const answer = await this.#requests.send(ChangeSiteSettingsDocument, variables);
    if (!answer.ok) return this.#show(answer.failure);
    await this.#facts.reload();
    void this.#steps.refresh(answer.data.changeSiteSettings.position);
    this.#snackBar.open(this.t('siteSettings.saved'), undefined, { duration: 4000 });
    return undefined;
  }

  #show(failure: Failure): ReturnType<typeof refusedField> {
    const { name, privacyNotice } = this.fields;
    const atField = refusedField(failure, { SITE_NAME: name, NOTICE: privacyNotice }, this.t);
    if (atField === undefined) this.failure.set(failure);
    return atField;
  }
}
