import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/** How loud a microphone is at this moment. For the eye only: the words beside it say whether one is heard. */
@Component({
  selector: 'ds-level-meter',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { 'aria-hidden': 'true' },
  template: `<span class="level" [class.quiet]="muted()" [style.scale]="width()"></span>`,
  styles: `
    :host {
      display: block;
      inline-size: var(--ds-meter-width, 96px);
      block-size: 8px;
      overflow: hidden;
      border: 1px solid var(--ds-line-field);
      border-radius: 4px;
      background: var(--ds-surface-2);
    }
    .level {
      display: block;
      block-size: 100%;
      background: var(--ds-good);
      transform-origin: 0 50%;
    }
    .quiet {
      background: var(--ds-text-3);
    }
    @media (forced-colors: active) {
      .level {
        background: Highlight;
        forced-color-adjust: none;
      }
    }
  `,
})
export class LevelMeter {
  /** From 0 to 1. */
  readonly level = input.required<number>();
  readonly muted = input(false);

  protected readonly width = computed(() => `${Math.min(1, Math.max(0, this.level())).toFixed(2)} 1`);
}
