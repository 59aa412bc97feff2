import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

const radius = 8;
const around = 2 * Math.PI * radius;

/** A ring that runs down; the words beside it say the time. `null` draws it whole: no time runs. */
@Component({
  selector: 'ds-time-ring',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { 'aria-hidden': 'true' },
  template: `<svg viewBox="0 0 20 20" fill="none" stroke-width="2.5">
    <circle class="way" cx="10" cy="10" [attr.r]="radius" />
    <circle
      class="left"
      cx="10"
      cy="10"
      [attr.r]="radius"
      [attr.stroke-dasharray]="around"
      [attr.stroke-dashoffset]="offset()"
    />
  </svg>`,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
      width: var(--ds-icon-size, 18px);
      height: var(--ds-icon-size, 18px);
    }
    svg {
      rotate: -90deg;
    }
    .way {
      stroke: var(--ds-line-strong);
    }
    .left {
      stroke: currentColor;
    }
  `,
})
export class TimeRing {
  /** From 1, all the time is left, to 0. */
  readonly left = input.required<number | null>();

  protected readonly radius = radius;
  protected readonly around = around;
  protected readonly offset = computed(() => around * (1 - Math.min(1, Math.max(0, this.left() ?? 1))));
}
