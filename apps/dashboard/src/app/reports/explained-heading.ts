import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { injectTexts } from '@deskside/ui';
import { Popover } from '../popover/popover';

/** The heading of a figure; pressed, it says the formula and to which moment a session is counted. */
@Component({
  selector: 'ds-explained-heading',
  imports: [Popover],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ds-popover [label]="t('csrActivity.explains', { figure: t('csrActivity.figures.' + figure() + '.name') })">
      {{ t('csrActivity.figures.' + figure() + '.name') }}
      <ng-template>
        <p class="formula">{{ t('csrActivity.figures.' + figure() + '.formula') }}</p>
        <p>{{ t('csrActivity.figures.' + figure() + '.attribution') }}</p>
      </ng-template>
    </ds-popover>
  `,
  styles: `
    p {
      font-size: var(--ds-small);
      font-weight: 400;
    }
    .formula {
      margin-block-end: 6px;
      font-weight: 500;
    }
  `,
})
export class ExplainedHeading {
  readonly figure = input.required<string>();

  protected readonly t = injectTexts();
}
