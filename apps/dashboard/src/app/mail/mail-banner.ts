import { ChangeDetectionStrategy, Component, DOCUMENT, computed, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { Icon, injectTexts } from '@deskside/ui';
import { MailFacts } from './mail-facts';

const dismissedKey = 'deskside.development-mailbox-seen';

/** Says across the dashboard that no mail leaves this site. Put away, it stays away until the browser is closed. */
@Component({
  selector: 'ds-mail-banner',
  imports: [Icon, MatButtonModule, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (shown()) {
      <div class="banner" role="region" [attr.aria-label]="t('mailPage.banner.label')">
        <ds-icon name="mail" />
        <div class="said">
          <p>{{ t('mailPage.banner.what') }}</p>
          <a matButton routerLink="/mail/mailbox">{{ t('mailPage.banner.toMailbox') }}</a>
        </div>
        <button matIconButton type="button" [attr.aria-label]="t('mailPage.banner.dismiss')" (click)="dismiss()">
          <ds-icon name="close" />
        </button>
      </div>
    }
  `,
  styles: `
    .banner,
    .said {
      display: flex;
      align-items: center;
      gap: 0 12px;
    }
    .said {
      flex: 1;
      flex-wrap: wrap;
    }
    .banner {
      padding: 0 16px;
      border-block-end: 1px solid var(--ds-line);
      background: var(--ds-surface-2);
      font-size: var(--ds-small);
    }
    p {
      flex: 1 1 14em;
      padding-block: 6px;
    }
  `,
})
export class MailBanner {
  protected readonly t = injectTexts();
  readonly #facts = inject(MailFacts);
  readonly #storage = inject(DOCUMENT).defaultView?.sessionStorage;
  readonly #dismissed = signal(this.#storage?.getItem(dismissedKey) === 'yes');
  protected readonly shown = computed(() => !this.#dismissed() && this.#facts.mail()?.kind === 'development');

  protected dismiss(): void {
    this.#storage?.setItem(dismissedKey, 'yes');
    this.#dismissed.set(true);
  }
}
