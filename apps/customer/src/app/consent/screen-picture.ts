import { ChangeDetectionStrategy, Component } from '@angular/core';

/** What it means, drawn: the person's own screen, the same small screen before somebody else's eye, and no hand on it. */
@Component({
  selector: 'ds-screen-picture',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { 'aria-hidden': 'true' },
  template: `
    <svg viewBox="0 0 220 96" focusable="false">
      <g class="screen">
        <rect x="8" y="10" width="84" height="58" rx="6" />
        <path d="M38 84h24M50 68v16" />
      </g>
      <g class="page">
        <rect x="20" y="22" width="34" height="22" rx="3" />
        <path d="M20 54h48M60 26h20M60 34h14" />
      </g>
      <path class="way" d="M102 40h26m-8-7 8 7-8 7" />
      <g class="screen">
        <rect x="140" y="18" width="60" height="42" rx="5" />
        <path d="M161 76h18M170 60v16" />
      </g>
      <g class="eye">
        <path d="M152 39c5-8 11-11 18-11s13 3 18 11c-5 8-11 11-18 11s-13-3-18-11z" />
        <circle cx="170" cy="39" r="5" />
      </g>
    </svg>
  `,
  styles: `
    :host {
      flex: none;
      inline-size: 200px;
      max-inline-size: 100%;
    }
    svg {
      display: block;
      inline-size: 100%;
      fill: none;
      stroke: var(--ds-text-2);
      stroke-width: 2.5;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    .screen rect {
      fill: var(--ds-surface-2);
    }
    .page,
    .way {
      stroke: var(--ds-accent);
    }
    .page rect {
      fill: var(--ds-accent-soft);
    }
    .eye path {
      fill: var(--ds-surface);
    }
    .eye circle {
      fill: var(--ds-text-2);
    }
  `,
})
export class ScreenPicture {}
