import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { Icon } from '@deskside/ui';
import { TimeRing } from './time-ring';

/** `idle`; `asked`: waits for an answer; `on`: runs; `seen`: runs and shows somebody something, the only red one. */
export type ToolLook = 'idle' | 'asked' | 'on' | 'seen';

/** A button of the console's tabs: an icon over its word. `<button dsTool icon="mic">Audio</button>` */
@Component({
  // eslint-disable-next-line @angular-eslint/component-selector -- an attribute: it is a real button with all that browsers give one
  selector: 'button[dsTool]',
  imports: [Icon, TimeRing],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { type: 'button', '[class]': 'look()' },
  template: `
    @if (ring() !== undefined) {
      <ds-time-ring [left]="ring() ?? null" />
    } @else {
      <ds-icon [name]="icon()" />
    }
    <span class="word"><ng-content /></span>
    @if (count()) {
      <span class="count">{{ count() }}</span>
    }
  `,
  styles: `
    :host {
      position: relative;
      display: inline-flex;
      flex-direction: column;
      align-items: center;
      justify-content: center;
      gap: 2px;
      min-width: 80px;
      min-height: 52px;
      padding: 4px 10px;
      border: 1px solid var(--ds-line);
      border-radius: var(--ds-radius-s);
      background: var(--ds-surface);
      font-size: var(--ds-small);
      line-height: 1.3;
      cursor: pointer;
    }
    :host(:hover:enabled) {
      background: var(--ds-surface-2);
    }
    :host(.on),
    :host(.asked) {
      border-color: var(--ds-accent);
      background: var(--ds-accent-soft);
      color: var(--ds-accent);
      font-weight: var(--ds-weight-strong);
    }
    :host(.seen) {
      border-color: var(--ds-shared);
      background: var(--ds-shared-soft);
      color: var(--ds-shared);
      font-weight: var(--ds-weight-strong);
    }
    :host(:disabled) {
      border-style: dashed;
      background: transparent;
      color: var(--ds-text-3);
      cursor: default;
    }
    .count {
      position: absolute;
      inset: -6px -6px auto auto;
      min-width: 18px;
      padding: 0 5px;
      border-radius: 999px;
      background: var(--ds-accent);
      color: var(--ds-on-accent);
      font-size: var(--ds-tiny);
      line-height: 18px;
      text-align: center;
    }
  `,
})
export class ToolButton {
  readonly icon = input.required<string>();
  readonly look = input<ToolLook>('idle');
  readonly count = input(0);
  /** Stands in the icon's place while time runs; see TimeRing. */
  readonly ring = input<number | null | undefined>(undefined);
}
