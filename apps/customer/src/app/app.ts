import { ChangeDetectionStrategy, Component } from '@angular/core';
import { ColorSchemeMenu, ConnectionBar, LanguageMenu, LanguageOffer } from '@deskside/ui';

@Component({
  selector: 'ds-root',
  imports: [ColorSchemeMenu, ConnectionBar, LanguageMenu, LanguageOffer],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<ds-connection-bar /><ds-language-offer /><ds-language-menu /><ds-color-scheme-menu />`,
})
export class App {}
