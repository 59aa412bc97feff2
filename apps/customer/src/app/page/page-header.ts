import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { formatSessionNumber } from '@deskside/domain';
import { ColorSchemeMenu, Icon, LanguageMenu, injectTexts } from '@deskside/ui';
import { Site } from '../site/site';

/** Whose support this is, the session's number, language and colours; a screen's own button goes inside. */
@Component({
  selector: 'ds-page-header',
  imports: [ColorSchemeMenu, Icon, LanguageMenu],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'banner' },
  template: `
    <span class="logo"><ds-icon name="logo" /></span>
    <b>{{ site.name() }}</b>
    @if (number(); as digits) {
      <span class="number" [attr.aria-label]="t('page.number', { number: format(digits) })">{{ format(digits) }}</span>
    }
    <span class="tools"><ds-language-menu /><ds-color-scheme-menu /><ng-content /></span>
  `,
  styleUrl: './page-header.scss',
})
export class PageHeader {
  readonly number = input<string | null>(null);

  protected readonly t = injectTexts();
  protected readonly site = inject(Site);
  protected readonly format = formatSessionNumber;
}
