import { DOCUMENT, Injectable, computed, effect, inject, signal } from '@angular/core';
import { injectTexts } from '@deskside/ui';
import { Site } from '../site/site';

/** The title of the tab: whose support this is, and how many lines wait to be read, what is asked or seen. */
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
  /** What matters more than unread lines, such as that the screen is seen. */
  readonly notice = signal<string | null>(null);

  constructor() {
    effect(() => {
      const count = this.unread();
      const notice = this.notice();
      const title = notice === null ? this.#plain() : this.#t('page.titleNotice', { notice, title: this.#plain() });
      this.#document.title = count > 0 ? this.#t('page.titleUnread', { count, title }) : title;
    });
  }
}
