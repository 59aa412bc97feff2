import { DOCUMENT, Injectable, computed, inject, signal } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { rememberedText } from '../remembering/remembered-text';
import { chooseLocale, intlTag, isLocale } from './locale';
import type { Locale } from './locale';

/** Which language the page is in. It changes without a reload, once the texts of the new language are there. */
@Injectable({ providedIn: 'root' })
export class Localization {
  readonly #transloco = inject(TranslocoService);
  readonly #document = inject(DOCUMENT);
  readonly #remembered = rememberedText('deskside.locale');
  readonly #invited = rememberedText('deskside.invited-locale');
  readonly #browserTags = this.#document.defaultView?.navigator.languages ?? [];
  readonly #choice = chooseLocale(this.#browserTags);
  readonly #locale = signal<Locale>('en');
  readonly #offered = signal<Locale | null>(null);

  readonly locale = this.#locale.asReadonly();
  /** A language to offer in a line, near to what the person reads. */
  readonly offered = this.#offered.asReadonly();
  /** For `Intl`. */
  readonly tag = computed(() => intlTag(this.#locale(), this.#browserTags));

  /** In the language of last time, else of the last invitation, else in the browser's. */
  async start(): Promise<void> {
    const remembered = this.#remembered.read();
    if (isLocale(remembered)) return this.#show(remembered);
    const invited = this.#invited.read();
    if (isLocale(invited)) return this.#show(invited);
    this.#offered.set(this.#choice.offered);
    return this.#show(this.#choice.locale ?? 'en');
  }

  /** The person's own choice. */
  async use(locale: Locale): Promise<void> {
    await this.#show(locale);
    this.#remembered.write(locale);
    this.#offered.set(null);
  }

  /** For people whose browser names none of our languages: the site's, unless they chose one themselves. */
  async useSiteDefault(locale: string): Promise<void> {
    const chosen = isLocale(this.#remembered.read()) || isLocale(this.#invited.read());
    const undecided = this.#choice.locale === null && !chosen;
    if (undecided && isLocale(locale)) await this.#show(locale);
  }

  /** The language in which somebody was invited: it lasts until the next invitation, and never goes against an own choice. */
  async useUnlessChosen(locale: string | null): Promise<void> {
    if (!isLocale(locale) || isLocale(this.#remembered.read())) return;
    this.#invited.write(locale);
    this.#offered.set(null);
    await this.#show(locale);
  }

  declineOffer(): void {
    this.#remembered.write(this.#locale());
    this.#offered.set(null);
  }

  async #show(locale: Locale): Promise<void> {
    await firstValueFrom(this.#transloco.load(locale));
    this.#transloco.setActiveLang(locale);
    this.#document.documentElement.lang = locale;
    this.#locale.set(locale);
  }
}
