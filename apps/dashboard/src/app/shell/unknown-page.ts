import { ChangeDetectionStrategy, Component } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { Empty, injectTexts } from '@deskside/ui';

@Component({
  selector: 'ds-unknown-page',
  imports: [Empty, MatButtonModule, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h1 class="ds-visually-hidden">{{ t('app.unknownPage.title') }}</h1>
    <ds-empty icon="warning" [heading]="t('app.unknownPage.title')">
      <a matButton="outlined" routerLink="/">{{ t('app.unknownPage.back') }}</a>
    </ds-empty>
  `,
})
export class UnknownPage {
  protected readonly t = injectTexts();
}
