import { Injectable, inject, signal } from '@angular/core';
import { Localization, Requests } from '@deskside/ui';
import { SiteAtSignInDocument } from '../../generated/graphql';
import type { SiteAtSignInQuery } from '../../generated/graphql';

export type Site = SiteAtSignInQuery['site'];

/** What everybody may know of the site, signed in or not. null until the server has said it. */
@Injectable({ providedIn: 'root' })
export class SiteFacts {
  readonly #requests = inject(Requests);
  readonly #localization = inject(Localization);
  readonly #site = signal<Site | null>(null);

  readonly site = this.#site.asReadonly();

  constructor() {
    void this.reload().then(() => this.#localization.useSiteDefault(this.#site()?.defaultLocale ?? ''));
  }

  async reload(): Promise<void> {
    const answer = await this.#requests.ask(SiteAtSignInDocument, {});
    if (answer.ok) this.#site.set(answer.data.site);
  }
}
