import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import type { OpenSession } from './open-session';

/** A session's letter in its colour. The letter says what the colour says. */
@Component({
  selector: 'ds-session-badge',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<b [style.background]="'var(--ds-customer-' + session().colour + ')'">{{ session().letter }}</b>`,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
    }
    b {
      display: grid;
      place-items: center;
      min-width: 20px;
      height: 20px;
      padding: 0 4px;
      border-radius: 6px;
      color: var(--ds-on-customer);
      font-size: var(--ds-tiny);
      font-weight: var(--ds-weight-strong);
      line-height: 1;
    }
    @media (forced-colors: active) {
      b {
        border: 1px solid CanvasText;
      }
    }
  `,
})
export class SessionBadge {
  readonly session = input.required<OpenSession>();
}
