import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { injectTexts } from '@deskside/ui';
import type { CsrActivityReport } from './csr-activity';
import { ExplainedHeading } from './explained-heading';
import { FigureButton } from './figure-button';
import { tiles } from './figures';
import type { Figure } from './figures';

/** The four figures that say most, of everybody chosen together. */
@Component({
  selector: 'ds-activity-tiles',
  imports: [ExplainedHeading, FigureButton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @for (figure of tiles; track figure.id) {
      <section>
        <h2><ds-explained-heading [figure]="figure.id" /></h2>
        <ds-figure-button
          [figure]="figure"
          [row]="report().total"
          [whose]="t('csrActivity.together')"
          (open)="open.emit($event)"
        />
        @if (figure.id === 'firstResponse' && report().total.firstResponse.median !== null) {
          <p>{{ t('csrActivity.average') }}</p>
        }
        @if (figure.id === 'grantRate' && report().total.grantRate !== null) {
          <p>
            {{
              t('csrActivity.grantedOf', {
                granted: report().total.consentsGranted,
                asked: report().total.consentsAsked,
              })
            }}
          </p>
        }
      </section>
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
      gap: 12px;
    }
    section {
      padding: 12px 16px;
      border: 1px solid var(--ds-line);
      border-radius: 14px;
      background: var(--ds-surface);
    }
    h2 {
      color: var(--ds-text-2);
      font-size: var(--ds-small);
      font-weight: 500;
    }
    ds-figure-button {
      display: block;
      font-size: calc(var(--ds-text-size) + 10px);
      font-weight: var(--ds-weight-strong);
      line-height: 1.5;
    }
    p {
      color: var(--ds-text-2);
      font-size: var(--ds-small);
    }
  `,
})
export class ActivityTiles {
  readonly report = input.required<CsrActivityReport>();
  readonly open = output<Figure>();

  protected readonly t = injectTexts();
  protected readonly tiles = tiles;
}
