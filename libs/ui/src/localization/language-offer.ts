import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Localization } from './localization';

/** One line for readers of a language that is near to one of ours, written in the language that it offers. */
@Component({
  selector: 'ds-language-offer',
  imports: [MatButtonModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (offer(); as offer) {
      <p [lang]="offer.locale">
        {{ offer.sentence }}
        <button matButton type="button" (click)="localization.use(offer.locale)">{{ offer.yes }}</button>
        <button matButton type="button" lang="en" (click)="localization.declineOffer()">English</button>
      </p>
    }
  `,
  styles: `
    p {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: center;
      gap: 4px 8px;
      padding: 4px 16px;
      background: var(--ds-surface-2);
    }
  `,
})
export class LanguageOffer {
  protected readonly localization = inject(Localization);
  protected readonly offer = computed(() => {
    const locale = this.localization.offered();
    return locale === null ? null : { locale, sentence: '本網站也提供繁體中文版。', yes: '使用繁體中文' };
  });
}
