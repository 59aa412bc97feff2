import { Injectable, computed, inject, signal } from '@angular/core';
import { Localization, Requests } from '@deskside/ui';
import { CustomerSiteDocument } from '../../generated/graphql';
import type { CustomerSiteQuery } from '../../generated/graphql';

/** The company whose support this is. */
@Injectable({ providedIn: 'root' })
export class Site {
  readonly #requests = inject(Requests);
  readonly #localization = inject(Localization);
  readonly #site = signal<CustomerSiteQuery['site'] | null>(null);

  readonly isKnown = computed(() => this.#site() !== null);
  readonly name = computed(() => this.#site()?.name ?? null);
  /** Empty: the product's own sentence. */
  readonly privacyNotice = computed(() => this.#site()?.privacyNotice.trim() ?? '');

  async load(): Promise<void> {
    const answer = await this.#requests.ask(CustomerSiteDocument, {});
    if (!answer.ok) return;
    this.#site.set(answer.data.site);
    await this.#localization.useSiteDefault(answer.data.site.defaultLocale);
  }
}
