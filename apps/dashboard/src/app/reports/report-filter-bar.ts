import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { MatCheckboxModule } from '@angular/material/checkbox';
import { Icon, injectTexts, readable, shownText } from '@deskside/ui';
import { Popover } from '../popover/popover';
import type { Representative } from '../sessions/representatives';
import { rangeNames } from './report-filter';
import type { RangeName, ReportFilter } from './report-filter';

/** "CSR activity · last 7 days · all CSRs · in Europe/Belgrade": the report's filter as a sentence whose words can be changed. */
@Component({
  selector: 'ds-report-filter-bar',
  imports: [Icon, MatCheckboxModule, Popover],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'group', '[attr.aria-label]': "t('csrActivity.filter.label')" },
  templateUrl: './report-filter-bar.html',
  styleUrl: './report-filter-bar.scss',
})
export class ReportFilterBar {
  readonly filter = input.required<ReportFilter>();
  readonly representatives = input.required<readonly Representative[]>();
  /** False for whoever reads only the own figures. */
  readonly ofEverybody = input.required<boolean>();
  readonly changed = output<Partial<ReportFilter>>();

  protected readonly t = injectTexts();
  protected readonly shownText = shownText;
  protected readonly ranges = rangeNames;
  /** The chosen one stands in the list even where this browser does not know it by that name. */
  protected readonly zones = computed(() => {
    const known = Intl.supportedValuesOf('timeZone');
    return [...new Set([this.filter().timeZone, 'UTC', ...known])].sort();
  });
  protected readonly whose = computed(() => {
    const chosen = this.filter().representativeIds;
    if (chosen.length === 0) return this.t('csrActivity.filter.everybody');
    const only = chosen.length === 1 ? this.representatives().find(({ id }) => id === chosen[0]) : undefined;
    return readable(only?.name) ?? this.t('csrActivity.filter.some', { count: chosen.length });
  });

  protected chooseRange(range: string): void {
    this.changed.emit({ range: range as RangeName });
  }

  protected chooseDay(end: 'from' | 'to', day: string): void {
    if (day !== '') this.changed.emit({ own: { ...this.filter().own, [end]: day } });
  }

  protected isChosen(id: string): boolean {
    return this.filter().representativeIds.includes(id);
  }

  protected choose(id: string, chosen: boolean): void {
    const others = this.filter().representativeIds.filter((other) => other !== id);
    this.changed.emit({ representativeIds: chosen ? [...others, id] : others });
  }
}
