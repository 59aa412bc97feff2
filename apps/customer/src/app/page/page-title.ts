import { DOCUMENT, Injectable, computed, effect, inject, signal } from '@angular/core';
import { injectTexts } from '@deskside/ui';
import { Site } from '../site/site';

/** The title of the tab: whose support this is, and how many lines wait to be read. */
@Injectable({ providedIn: 'root' })
export class PageTitle {
  readonly #document = inject(DOCUMENT);
  readonly #site = inject(Site);
  readonly #t = injectTexts();
  readonly #plain = computed(() => {
    const site = this.#site.name();
    return site === null ? this.#t('page.title') : this.#t('page.titleOf', { site });
  });

  readonly unread = signal(0);

  constructor() {
    effect(() => {
      const count = this.unread();
      const title = this.#plain();
      this.#document.title = count > 0 ? this.#t('page.titleUnread', { count, title }) : title;
    });
  }
}
