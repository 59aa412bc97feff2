import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { ColorSchemeMenu, LanguageMenu, LanguageOffer } from '@deskside/ui';

/** The frame of the pages before the sign-in: one card in the middle, language and colours below it. */
@Component({
  selector: 'ds-entry-page',
  imports: [ColorSchemeMenu, LanguageMenu, LanguageOffer],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ds-language-offer />
    <main id="content">
      <p class="brand"><img src="icon.svg" alt="" width="28" height="28" /> {{ brand() }}</p>
      <section class="card"><ng-content /></section>
    </main>
    <footer>
      <ds-language-menu />
      <ds-color-scheme-menu />
    </footer>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      min-height: 100%;
    }
    main {
      flex: 1;
      display: flex;
      flex-direction: column;
      justify-content: center;
      gap: 16px;
      width: min(400px, 100%);
      margin-inline: auto;
      padding: 24px 16px;
    }
    .brand {
      display: flex;
      align-items: center;
      gap: 10px;
      font-size: var(--ds-large);
      font-weight: var(--ds-weight-strong);
      overflow-wrap: anywhere;
    }
    .card {
      display: flex;
      flex-direction: column;
      gap: 16px;
      padding: 24px;
      border: 1px solid var(--ds-line);
      border-radius: 14px;
      background: var(--ds-surface);
      box-shadow: var(--ds-shadow);
    }
    footer {
      display: flex;
      justify-content: center;
      gap: 8px;
      padding: 12px;
    }
  `,
})
export class EntryPage {
  readonly brand = input('Deskside');
}
