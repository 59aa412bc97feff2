import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { injectTexts } from '../localization/texts';

const widths = ['72%', '91%', '58%', '83%', '66%'];

/** The shape of lines that are on their way. */
@Component({
  selector: 'ds-skeleton',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'status', 'aria-busy': 'true' },
  template: `
    <span class="ds-visually-hidden">{{ t('placeholder.loading') }}</span>
    @for (width of shape(); track $index) {
      <span class="line" [style.inline-size]="width"></span>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 10px;
      padding: 12px 0;
      animation: breathe 1.6s ease-in-out infinite;
    }
    .line {
      block-size: 1em;
      border-radius: var(--ds-radius-s);
      background: var(--ds-surface-2);
    }
    @keyframes breathe {
      50% {
        opacity: 0.55;
      }
    }
    @media (forced-colors: active) {
      .line {
        border: 1px solid GrayText;
      }
    }
  `,
})
export class Skeleton {
  readonly lines = input(3);

  protected readonly t = injectTexts();
  protected readonly shape = computed(() => Array.from({ length: this.lines() }, (_, i) => widths[i % widths.length]));
}
