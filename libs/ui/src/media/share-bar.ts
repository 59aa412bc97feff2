import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Icon } from '../icons/icon';
import { injectTexts } from '../localization/texts';
import { Stopwatch } from '../times/stopwatch';

/** The red bar: only while somebody sees or controls something. It says who sees what since when, and has the one Stop. */
@Component({
  selector: 'ds-share-bar',
  imports: [Icon, MatButtonModule, Stopwatch],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'region', '[attr.aria-label]': "t('shareBar.title')" },
  template: `
    <ds-icon name="seen" />
    <p>
      <span>{{ sentence() }}</span>
      @if (since(); as at) {
        <span aria-hidden="true"> · </span><ds-stopwatch [since]="at" />
      }
      @if (note(); as text) {
        <span class="note">{{ text }}</span>
      }
    </p>
    <button matButton="filled" type="button" (click)="stop.emit()">
      <ds-icon name="stop" />{{ t('shareBar.stop') }}
    </button>
  `,
  styles: `
    :host {
      --mat-button-filled-container-color: var(--ds-on-shared);
      --mat-button-filled-label-text-color: var(--ds-shared);
      --mat-button-filled-state-layer-color: var(--ds-shared);

      display: flex;
      align-items: center;
      gap: 8px 12px;
      padding: 6px 14px;
      background: var(--ds-shared);
      color: var(--ds-on-shared);
      font-weight: var(--ds-weight-strong);
    }
    p {
      flex: 1;
      min-inline-size: 0;
      overflow-wrap: anywhere;
    }
    .note {
      display: block;
      font-weight: 400;
    }
    button {
      flex: none;
      outline-color: var(--ds-on-shared);
    }
    @media (forced-colors: active) {
      :host {
        border: 3px solid CanvasText;
      }
    }
  `,
})
export class ShareBar {
  /** Who sees what, as a whole sentence. */
  readonly sentence = input.required<string>();
  readonly since = input<string | null>(null);
  /** A second line, such as that the picture is interrupted. */
  readonly note = input<string | null>(null);

  readonly stop = output();

  protected readonly t = injectTexts();
}
