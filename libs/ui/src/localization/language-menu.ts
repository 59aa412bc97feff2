import { ChangeDetectionStrategy, Component, inject, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatMenuModule } from '@angular/material/menu';
import { Icon } from '../icons/icon';
import { localeNames, locales } from './locale';
import type { Locale } from './locale';
import { Localization } from './localization';
import { injectTexts } from './texts';

/** Every language in its own words; the page changes at once. */
@Component({
  selector: 'ds-language-menu',
  imports: [Icon, MatButtonModule, MatMenuModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button matButton type="button" class="opener" [matMenuTriggerFor]="menu">
      <ds-icon name="language" />
      <span class="ds-visually-hidden">{{ t('language.title') }}: </span>
      <span class="name" [lang]="localization.locale()">{{ names[localization.locale()] }}</span>
    </button>
    <mat-menu #menu="matMenu">
      @for (locale of all; track locale) {
        <button
          mat-menu-item
          type="button"
          role="menuitemradio"
          [lang]="locale"
          [attr.aria-checked]="locale === localization.locale()"
          (click)="use(locale)"
        >
          <span class="mark">
            @if (locale === localization.locale()) {
              <ds-icon name="check" />
            }
          </span>
          {{ names[locale] }}
        </button>
      }
    </mat-menu>
  `,
  styleUrl: '../theme/menu.scss',
})
export class LanguageMenu {
  /** After the person chose and the page has changed. */
  readonly chosen = output<Locale>();

  protected readonly t = injectTexts();
  protected readonly localization = inject(Localization);
  protected readonly names = localeNames;
  protected readonly all = locales;

  protected async use(locale: Locale): Promise<void> {
    await this.localization.use(locale);
    this.chosen.emit(locale);
  }
}
