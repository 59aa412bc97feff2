import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { Localization, PersonName, injectTexts, isolated, readable, shownText } from '@deskside/ui';
import type { CsrActivityReport } from './csr-activity';
import { ExplainedHeading } from './explained-heading';
import { FigureButton } from './figure-button';
import { figures } from './figures';
import type { CsrRow, Figure } from './figures';

/** A figure somebody wants to see behind: which one, and of whom. `row` null: of everybody chosen together. */
export interface OpenedFigure {
  readonly figure: Figure;
  readonly row: CsrRow | null;
}

/** One row a CSR, and below them all together; each figure opens its sessions. */
@Component({
  selector: 'ds-activity-table',
  imports: [ExplainedHeading, FigureButton, PersonName],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <table>
      <thead>
        <tr>
          <th scope="col">{{ t('csrActivity.representative') }}</th>
          @for (figure of figures; track figure.id) {
            <th scope="col"><ds-explained-heading [figure]="figure.id" /></th>
          }
        </tr>
      </thead>
      <tbody>
        @for (row of rows(); track row.representativeId) {
          <tr>
            <th scope="row"><ds-person-name [name]="row.name" /></th>
            @for (figure of figures; track figure.id) {
              <td>
                <ds-explained-heading class="narrow" [figure]="figure.id" />
                <ds-figure-button
                  [figure]="figure"
                  [row]="row"
                  [whose]="nameOf(row)"
                  (open)="open.emit({ figure, row })"
                />
              </td>
            }
          </tr>
        }
        @if (rows().length > 1) {
          <tr class="total">
            <th scope="row">{{ t('csrActivity.together') }}</th>
            @for (figure of figures; track figure.id) {
              <td>
                <ds-explained-heading class="narrow" [figure]="figure.id" />
                <ds-figure-button
                  [figure]="figure"
                  [row]="report().total"
                  [whose]="t('csrActivity.together')"
                  (open)="open.emit({ figure, row: null })"
                />
              </td>
            }
          </tr>
        }
      </tbody>
    </table>
  `,
  styleUrl: './activity-table.scss',
})
export class ActivityTable {
  readonly report = input.required<CsrActivityReport>();
  readonly open = output<OpenedFigure>();

  protected readonly t = injectTexts();
  protected readonly figures = figures;
  readonly #tag = inject(Localization).tag;
  /** By name, as the reader's language sorts; whoever was erased or cannot be read comes last. */
  protected readonly rows = computed(() => {
    const collator = new Intl.Collator(this.#tag());
    const last = '\uffff';
    return [...this.report().rows].sort((a, b) => collator.compare(readable(a.name) ?? last, readable(b.name) ?? last));
  });

  protected nameOf({ name }: CsrRow): string {
    return isolated(shownText(name, this.t));
  }
}
