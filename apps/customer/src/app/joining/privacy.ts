import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { injectTexts } from '@deskside/ui';
import { Site } from '../site/site';

/** What becomes of the name and the words: the company's own notice, or the product's sentence. */
@Component({
  selector: 'ds-privacy',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2>{{ t('join.privacy') }}</h2>
    @if (site.isKnown()) {
      <p dir="auto">{{ site.privacyNotice() || t('join.privacyStandard') }}</p>
    }
  `,
  styles: `
    :host {
      display: block;
      color: var(--ds-text-2);
      font-size: 16px;
    }
    h2 {
      color: var(--ds-text);
      font-size: 16px;
      font-weight: 600;
    }
    p {
      overflow-wrap: anywhere;
      white-space: pre-line;
    }
  `,
})
export class Privacy {
  protected readonly t = injectTexts();
  protected readonly site = inject(Site);
}
