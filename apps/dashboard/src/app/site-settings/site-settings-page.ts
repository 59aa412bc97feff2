import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { Skeleton, injectTexts } from '@deskside/ui';
import { Page } from '../page/page';
import { SiteFacts } from './site-facts';
import { SiteSettingsForm } from './site-settings-form';

/** What customers read about the site. */
@Component({
  selector: 'ds-site-settings-page',
  imports: [Page, SiteSettingsForm, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ds-page [heading]="t('siteSettings.title')" [question]="t('siteSettings.question')">
      @if (facts.site(); as site) {
        <ds-site-settings-form [site]="site" />
      } @else {
        <ds-skeleton [lines]="8" />
      }
    </ds-page>
  `,
})
export class SiteSettingsPage {
  protected readonly t = injectTexts();
  protected readonly facts = inject(SiteFacts);
}
