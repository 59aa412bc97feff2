import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButtonModule } from '@angular/material/button';
import { NavigationEnd, Router, RouterLink } from '@angular/router';
import { formatSessionNumber } from '@deskside/domain';
import { Icon, injectTexts } from '@deskside/ui';
import { filter } from 'rxjs';
import { AlertFeed } from './alert-feed';

/** Above every page while a customer's report waits to be looked at. It stays until somebody has. */
@Component({
  selector: 'ds-alert-banner',
  imports: [Icon, MatButtonModule, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'alert' },
  template: `
    @if (sentence(); as text) {
      <div class="banner">
        <ds-icon name="warning" />
        <p>{{ text }}</p>
        <a matButton="outlined" routerLink="/alerts">{{ t('alerts.review') }}</a>
      </div>
    }
  `,
  styles: `
    .banner {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 12px;
      padding: 6px 16px;
      border-block-end: 1px solid var(--ds-warn);
      background: var(--ds-warn-soft);
    }
    ds-icon {
      color: var(--ds-warn);
    }
    p {
      flex: 1 1 14em;
    }
  `,
})
export class AlertBanner {
  protected readonly t = injectTexts();
  readonly #feed = inject(AlertFeed);
  readonly #router = inject(Router);
  readonly #navigated = toSignal(this.#router.events.pipe(filter((event) => event instanceof NavigationEnd)));

  protected readonly sentence = computed(() => {
    const alerts = this.#feed.alerts() ?? [];
    const [first] = alerts;
    // The list itself says it on its own page.
    if (first === undefined || (this.#navigated()?.urlAfterRedirects ?? this.#router.url) === '/alerts') return null;
    if (alerts.length > 1) return this.t('alerts.several', { count: alerts.length });
    return this.t('alerts.one', { number: formatSessionNumber(first.summary.number) });
  });
}
