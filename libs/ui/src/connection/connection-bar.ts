import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Icon } from '../icons/icon';
import { injectTexts } from '../localization/texts';
import { injectNow } from '../times/now';
import { ServerConnection } from './server-connection';
import { WindowLimit } from './window-limit';

/** A connection that comes back within this time was never worth a word. */
const patienceMs = 1_000;

/**
 * A thin bar while the server cannot be reached or lets no more windows in, with the seconds to the next try. Nothing typed
 * is lost meanwhile.
 */
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
        <span class="said" aria-hidden="true"
          ><ds-icon [name]="isLost() ? 'disconnected' : 'warning'" />{{ text }}</span
        >
        <span class="countdown" aria-hidden="true">{{ countdown() }}</span>
        <button matButton type="button" (click)="tryAgain()">
          {{ t(isLost() ? 'connection.tryNow' : 'connection.tryAgain') }}
        </button>
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
      padding-block: 4px;
      text-wrap: pretty;
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
  readonly #connection = inject(ServerConnection);
  readonly #windows = inject(WindowLimit);
  readonly #now = injectNow(250);

  readonly #lost = computed(() => {
    const state = this.#connection.state();
    return state.status === 'online' || this.#now() - state.since < patienceMs ? null : state;
  });
  protected readonly isLost = computed(() => this.#lost() !== null);
  protected readonly sentence = computed(() => {
    const lost = this.#lost();
    if (lost !== null) return this.t(`connection.${lost.status}`);
    return this.#windows.reached() === null ? null : this.t('refusal.TOO_MANY_OPEN');
  });
  readonly #nextTryAt = computed(() => {
    const lost = this.#lost();
    if (lost === null) return this.#windows.reached()?.nextTryAt ?? null;
    return lost.status === 'reconnecting' ? lost.nextTryAt : null;
  });

  protected readonly countdown = computed(() => {
    const nextTryAt = this.#nextTryAt();
    if (nextTryAt === null) return '';
    const seconds = Math.ceil((nextTryAt - this.#now()) / 1000);
    return seconds > 0 ? this.t('connection.nextTry', { seconds }) : this.t('connection.trying');
  });

  protected tryAgain(): void {
    if (this.isLost()) this.#connection.tryNow();
    else this.#windows.tryNow();
  }
}
