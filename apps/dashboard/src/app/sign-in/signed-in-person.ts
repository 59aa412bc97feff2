import { Injectable, computed, inject, signal } from '@angular/core';
import { isLocale, Localization, Requests, untilSettled } from '@deskside/ui';
import type { Answer } from '@deskside/ui';
import type { Permission } from '@deskside/domain';
import { Subject, firstValueFrom } from 'rxjs';
import { SignInDocument, SignOutDocument, WhoAmIDocument } from '../../generated/graphql';
import type { MeFieldsFragment, SignInMutation } from '../../generated/graphql';

export type Me = MeFieldsFragment;

/** Who sits here. An expired sign-in keeps the person: the page stays as it is until the password is typed again. */
@Injectable({ providedIn: 'root' })
export class SignedInPerson {
  readonly #requests = inject(Requests);
  readonly #localization = inject(Localization);
  readonly #me = signal<Me | null>(null);
  readonly #expired = signal(false);
  readonly #signedInAgain = new Subject<void>();
  #known: Promise<void> | null = null;

  readonly me = this.#me.asReadonly();
  readonly expired = this.#expired.asReadonly();
  readonly #permissions = computed(() => new Set(this.#me()?.permissions));

  may(permission: Permission): boolean {
    return this.#permissions().has(permission);
  }

  /** Settles once the server has said who this is; it is asked only once. */
  whenKnown(): Promise<void> {
    this.#known ??= this.#askWho();
    return this.#known;
  }

  async signIn(email: string, password: string): Promise<Answer<SignInMutation>> {
    const answer = await this.#requests.send(SignInDocument, { email, password });
    if (answer.ok) this.welcome(answer.data.signIn);
    return answer;
  }

  /** After any act by which the server has given this browser a sign-in. */
  welcome(me: Me): void {
    this.#known = Promise.resolve();
    this.#me.set(me);
    this.#expired.set(false);
    this.#signedInAgain.next();
    if (isLocale(me.locale) && me.locale !== this.#localization.locale()) void this.#localization.use(me.locale);
  }

  /** Refused, the sign-in goes on: whoever leaves a shared computer has to know. */
  async signOut(): Promise<Answer<unknown>> {
    const answer = await this.#requests.send(SignOutDocument, {});
    if (answer.ok) {
      this.#me.set(null);
      this.#expired.set(false);
    }
    return answer;
  }

  /** Called by whoever was told NOT_SIGNED_IN. Settles when the same person has signed in again. */
  async signInAgain(): Promise<void> {
    if (this.#me() !== null) this.#expired.set(true);
    await firstValueFrom(this.#signedInAgain);
  }

  async #askWho(): Promise<void> {
    // A refusal for the moment does not say that nobody is signed in.
    const answer = await untilSettled(() => this.#requests.ask(WhoAmIDocument, {}), { isWanted: () => true });
    if (answer.ok && answer.data.me !== null) this.welcome(answer.data.me);
  }
}
