import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Localization, injectTexts, stopwatch } from '@deskside/ui';
import { NgxEchartsDirective, provideEchartsCore } from 'ngx-echarts';
import { activityChartOptions } from './activity-chart-options';
import { bucketLabels } from './bucket-labels';
import type { CsrActivityReport } from './csr-activity';
import { TokenColoursNow } from './token-colours';

/** Sessions and time in session over the range; the same figures as a table for whoever reads rather than sees. */
@Component({
  selector: 'ds-activity-chart',
  imports: [MatButtonModule, NgxEchartsDirective],
  providers: [TokenColoursNow, provideEchartsCore({ echarts: () => import('./chart-engine') })],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="head">
      <h2>{{ t('csrActivity.chart.title') }}</h2>
      <button matButton type="button" [attr.aria-pressed]="asTable()" (click)="asTable.set(!asTable())">
        {{ t(asTable() ? 'csrActivity.chart.asChart' : 'csrActivity.chart.asTable') }}
      </button>
    </div>
    @if (asTable()) {
      <div class="scroll" tabindex="0" role="region" [attr.aria-label]="t('csrActivity.chart.title')">
        <table>
          <thead>
            <tr>
              <th scope="col">{{ t('csrActivity.chart.when') }}</th>
              <th scope="col">{{ t('csrActivity.figures.sessions.name') }}</th>
              <th scope="col">{{ t('csrActivity.figures.inSession.name') }}</th>
            </tr>
          </thead>
          <tbody>
            @for (column of columns(); track $index) {
              <tr>
                <th scope="row">{{ column.label }}</th>
                <td>{{ number(column.sessions) }}</td>
                <td>{{ column.time }}</td>
              </tr>
            }
          </tbody>
        </table>
      </div>
    } @else {
      <div echarts class="chart" role="img" [attr.aria-label]="inWords()" [options]="options()"></div>
    }
  `,
  styleUrl: './activity-chart.scss',
})
export class ActivityChart {
  readonly report = input.required<CsrActivityReport>();

  protected readonly t = injectTexts();
  protected readonly asTable = signal(false);
  readonly #tag = inject(Localization).tag;
  readonly #colours = inject(TokenColoursNow).colours;
  readonly #numbers = computed(() => new Intl.NumberFormat(this.#tag(), { maximumFractionDigits: 1 }));
  protected readonly number = (value: number): string => this.#numbers().format(value);

  protected readonly columns = computed(() => {
    const { buckets, from, to, timeZone } = this.report();
    const labels = bucketLabels(buckets, { from, to, timeZone }, this.#tag());
    return buckets.map(({ sessions, inSession }, index) => ({
      ...{ label: labels[index] ?? '', sessions, inSession: inSession / 3_600 },
      time: stopwatch(inSession * 1_000),
    }));
  });

  protected readonly options = computed(() => {
    const words = {
      sessions: this.t('csrActivity.figures.sessions.name'),
      hours: this.t('csrActivity.chart.hours'),
      font: getComputedStyle(document.body).fontFamily,
      number: this.number,
    };
    return activityChartOptions(this.columns(), words, this.#colours());
  });

  /** The chart for a screen reader: what it shows, over what, and its highest column. */
  protected readonly inWords = computed(() => {
    const columns = this.columns();
    const highest = columns.reduce((most, column) => (column.sessions > most.sessions ? column : most), {
      ...{ label: '', sessions: 0 },
    });
    const count = columns.reduce((sum, { sessions }) => sum + sessions, 0);
    if (count === 0) return this.t('csrActivity.chart.nothing');
    return this.t('csrActivity.chart.inWords', { count, most: highest.sessions, when: highest.label });
  });
}
