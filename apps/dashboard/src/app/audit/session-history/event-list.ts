import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  afterRenderEffect,
  computed,
  inject,
  input,
  output,
} from '@angular/core';
import { Icon, Times, injectTexts } from '@deskside/ui';
import type { EventKind } from '../../history/event-kinds';
import { HistorySentence } from '../../history/history-sentence';
import type { LookedAtHistory } from './looked-at-history';

/** The events in the log's order, filtered by kind; the one that is looked at stays in sight. */
@Component({
  selector: 'ds-event-list',
  imports: [HistorySentence, Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="head">
      <h2>{{ t('history.events') }}</h2>
      <select
        #kind
        [attr.aria-label]="t('history.kinds.label')"
        [value]="looked().kind()"
        (change)="filter(kind.value)"
      >
        <option value="all">{{ t('history.kinds.all') }}</option>
        @for (name of looked().kinds(); track name) {
          <option [value]="name">{{ t('history.kinds.' + name) }}</option>
        }
      </select>
      <span class="count" role="status">{{
        t('history.shown', { shown: looked().shown().length, all: total() })
      }}</span>
    </div>
    <ol>
      @for (row of looked().rows(); track row.kind === 'event' ? row.event.id : row.from) {
        @if (row.kind === 'missing') {
          <li class="missing"><ds-icon name="proof-broken" /><ds-history-sentence [sentence]="row.sentence" /></li>
        } @else {
          <li>
            <button
              type="button"
              [class.on]="row.event.revision === looked().revision()"
              [attr.aria-current]="row.event.revision === looked().revision()"
              (click)="choose.emit(row.event.revision)"
            >
              @if (row.event.unreadable) {
                <span class="no-time">–</span>
              } @else {
                <time [attr.datetime]="row.event.occurredAt" [title]="times.exact(row.event.occurredAt)">{{
                  times.clockToTheSecond(row.event.occurredAt)
                }}</time>
              }
              <span>
                @if (row.event.unreadable || row.event.revision === brokenAt()) {
                  <ds-icon name="proof-broken" />
                }
                <ds-history-sentence [sentence]="row.sentence" />
              </span>
            </button>
          </li>
        }
      } @empty {
        <li class="none">{{ t('history.nothingOfKind') }}</li>
      }
    </ol>
  `,
  styleUrl: './event-list.scss',
})
export class EventList {
  readonly looked = input.required<LookedAtHistory>();
  readonly brokenAt = input<number | null>(null);
  readonly choose = output<number>();

  protected readonly t = injectTexts();
  protected readonly times = inject(Times);
  protected readonly total = computed(() => this.looked().history()?.events.length ?? 0);
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  constructor() {
    afterRenderEffect(() => {
      this.looked().revision();
      this.#element.querySelector('.on')?.scrollIntoView({ block: 'nearest' });
    });
  }

  protected filter(kind: string): void {
    this.looked().kind.set(kind as EventKind | 'all');
  }
}
