import {
  ChangeDetectionStrategy,
  Component,
  DOCUMENT,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { MatSnackBar } from '@angular/material/snack-bar';
import { Router } from '@angular/router';
import {
  Empty,
  ErrorMessage,
  Icon,
  Localization,
  Skeleton,
  Writes,
  injectTexts,
  isolated,
  shownText,
  sentenceFor,
} from '@deskside/ui';
import { Page } from '../page/page';
import { Representatives } from '../sessions/representatives';
import { SignedInPerson } from '../sign-in/signed-in-person';
import { ActivityChart } from './activity-chart';
import { ActivityNotes } from './activity-notes';
import { ActivityTable } from './activity-table';
import type { OpenedFigure } from './activity-table';
import { ActivityTiles } from './activity-tiles';
import { CsrActivity } from './csr-activity';
import { daysWritten } from './days-written';
import { addressOf, filterOf } from './report-filter';
import type { ReportFilter } from './report-filter';
import { ReportFilterBar } from './report-filter-bar';
import { saveFile } from './save-file';
import { openSessionsBehind } from './sessions-behind';

/** `/reports/csr-activity`: what CSRs did over a range of days; one's own figures for whoever may read no others. */
@Component({
  selector: 'ds-csr-activity-page',
  imports: [
    ActivityChart,
    ActivityNotes,
    ActivityTable,
    ActivityTiles,
    Empty,
    ErrorMessage,
    Icon,
    MatButtonModule,
    Page,
    ReportFilterBar,
    Skeleton,
    Writes,
  ],
  providers: [CsrActivity],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './csr-activity-page.html',
  styleUrl: './csr-activity-page.scss',
})
export class CsrActivityPage {
  // From the address, so that a link and "back" lead to the same report.
  readonly range = input<string>();
  readonly from = input<string>();
  readonly to = input<string>();
  readonly zone = input<string>();
  readonly csr = input<string>();

  protected readonly t = injectTexts();
  protected readonly activity = inject(CsrActivity);
  protected readonly representatives = inject(Representatives);
  protected readonly ofEverybody = inject(SignedInPerson).may('report.read');
  protected readonly exporting = signal(false);
  readonly #ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  readonly #tag = inject(Localization).tag;
  readonly #router = inject(Router);
  readonly #dialogs = inject(MatDialog);
  readonly #snackBar = inject(MatSnackBar);
  readonly #document = inject(DOCUMENT);

  protected readonly filter = computed(() => {
    const address = { range: this.range(), from: this.from(), to: this.to(), zone: this.zone(), csr: this.csr() };
    return filterOf(address, this.#ownZone, Date.now());
  });
  protected readonly isEmpty = computed(() => {
    const total = this.activity.report()?.total;
    return total !== undefined && total.sessions + total.inSession + total.consentsAsked + total.notes.length === 0;
  });
  protected readonly days = computed(() => {
    const report = this.activity.report();
    return report === null ? '' : daysWritten(report, this.#tag());
  });

  constructor() {
    void this.representatives.look();
    effect(() => {
      const filter = this.filter();
      untracked(() => void this.activity.run(filter));
    });
  }

  protected change(change: Partial<ReportFilter>): void {
    const queryParams = addressOf({ ...this.filter(), ...change }, this.#ownZone);
    void this.#router.navigate([], { queryParams, queryParamsHandling: 'merge', replaceUrl: true });
  }

  protected runAgain(): void {
    void this.activity.run(this.filter());
  }

  protected open({ figure, row }: OpenedFigure): void {
    const report = this.activity.report();
    if (report === null) return;
    const { from, to, timeZone, rows } = report;
    const whose = row === null ? this.t('csrActivity.together') : shownText(row.name, this.t);
    const title = this.t('csrActivity.behind.title', {
      figure: this.t(`csrActivity.figures.${figure.id}.name`),
      whose: isolated(whose),
    });
    const counted = row === null ? rows.filter((one) => (figure.of(one) ?? 0) > 0) : [row];
    const asked = counted.map(({ representativeId }) => ({
      from,
      to,
      timeZone,
      representativeId,
      figure: figure.drill,
    }));
    openSessionsBehind(this.#dialogs, { title, asked });
  }

  protected async export(): Promise<void> {
    this.exporting.set(true);
    const answer = await this.activity.export(this.filter());
    this.exporting.set(false);
    if (answer.ok) saveFile(this.#document, answer.data.exportCsrActivity);
    else this.#snackBar.open(sentenceFor(answer.failure, this.t), this.t('app.close'));
  }
}
