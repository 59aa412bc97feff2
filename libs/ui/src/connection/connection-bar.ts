import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Icon } from '../icons/icon';
import { injectTexts } from '../localization/texts';
import { injectNow } from '../times/now';
import { ServerConnection } from './server-connection';

/** A connection that comes back within this time was never worth a word. */
const patienceMs = 1_000;

/** A thin bar while the server cannot be reached, with the seconds to the next try. Nothing typed is lost meanwhile. */
@Component({
  selector: 'ds-connection-bar',
  imports: [Icon, MatButtonModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div role="status">
      @if (sentence(); as text) {
        <span class="ds-visually-hidden">{{ text }}</span>
      }
    </div>
    @if (sentence(); as text) {
      <div class="bar">
        <span class="said" aria-hidden="true"><ds-icon name="disconnected" />{{ text }}</span>
        <span class="countdown" aria-hidden="true">{{ countdown() }}</span>
        <button matButton type="button" (click)="connection.tryNow()">{{ t('connection.tryNow') }}</button>
      </div>
    }
  `,
  styles: `
    .bar {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: center;
      gap: 0 10px;
      min-height: 36px;
      padding: 2px 12px;
      background: var(--ds-warn-soft);
      border-block-end: 1px solid var(--ds-warn);
      color: var(--ds-text);
    }
    .said {
      display: flex;
      align-items: center;
      gap: 10px;
    }
    ds-icon {
      flex: none;
      color: var(--ds-warn);
    }
    .countdown {
      color: var(--ds-text-2);
    }
  `,
})
export class ConnectionBar {
  protected readonly t = injectTexts();
  protected readonly connection = inject(ServerConnection);
  readonly #now = injectNow(250);

  protected readonly sentence = computed(() => {
    const state = this.connection.state();
    if (state.status === 'online' || this.#now() - state.since < patienceMs) return null;
    return this.t(`connection.${state.status}`);
  });

  protected readonly countdown = computed(() => {
    const state = this.connection.state();
    if (state.status !== 'reconnecting') return '';
    const seconds = Math.ceil((state.nextTryAt - this.#now()) / 1000);
    return seconds > 0 ? this.t('connection.nextTry', { seconds }) : this.t('connection.trying');
  });
}
