import { Injectable, effect, inject, signal } from '@angular/core';
import type { Failure } from '@deskside/ui';
import { MailDocument } from '../../generated/graphql';
import type { MailQuery } from '../../generated/graphql';
import { SignedInPerson } from '../sign-in/signed-in-person';
import { StaffRequests } from '../sign-in/staff-requests';

/** How mail leaves this site, for whoever manages it. */
@Injectable({ providedIn: 'root' })
export class MailFacts {
  readonly #requests = inject(StaffRequests);
  readonly #mail = signal<MailQuery['mail'] | null>(null);
  readonly #failure = signal<Failure | null>(null);

  /** null until it is known, and for whoever may not know it. */
  readonly mail = this.#mail.asReadonly();
  readonly failure = this.#failure.asReadonly();

  constructor() {
    const person = inject(SignedInPerson);
    effect(() => {
      if (person.may('mail.manage')) void this.reload();
      else this.#mail.set(null);
    });
  }

  async reload(): Promise<void> {
    this.#failure.set(null);
    const answer = await this.#requests.ask(MailDocument, {});
    if (answer.ok) this.#mail.set(answer.data.mail);
    else this.#failure.set(answer.failure);
  }
}
