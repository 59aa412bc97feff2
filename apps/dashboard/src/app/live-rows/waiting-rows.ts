import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Icon, injectTexts } from '@deskside/ui';

/** "3 new": rows that came while somebody's hand was in the list. Its place is there always, so that nothing moves. */
@Component({
  selector: 'ds-waiting-rows',
  imports: [Icon, MatButtonModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (count() > 0) {
      <button matButton="outlined" type="button" (click)="take.emit()">
        <ds-icon name="up" />{{ t('liveRows.waiting', { count: count() }) }}
      </button>
    }
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      min-height: 36px;
    }
  `,
})
export class WaitingRows {
  readonly count = input.required<number>();
  readonly take = output();

  protected readonly t = injectTexts();
}
