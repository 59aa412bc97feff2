import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { Icon } from '../icons/icon';

/** A place with nothing in it yet: what will be here, and inside it the button of the next step. */
@Component({
  selector: 'ds-empty',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (icon(); as name) {
      <ds-icon [name]="name" />
    }
    <p class="heading">{{ heading() }}</p>
    @if (hint(); as text) {
      <p>{{ text }}</p>
    }
    <ng-content />
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      align-items: center;
      justify-content: center;
      gap: 8px;
      padding: 32px 16px;
      color: var(--ds-text-2);
      text-align: center;
      text-wrap: balance;
    }
    ds-icon {
      --ds-icon-size: 28px;
      color: var(--ds-text-3);
    }
    .heading {
      color: var(--ds-text);
      font-weight: var(--ds-weight-strong);
    }
  `,
})
export class Empty {
  readonly heading = input.required<string>();
  readonly hint = input<string>();
  readonly icon = input<string>();
}
