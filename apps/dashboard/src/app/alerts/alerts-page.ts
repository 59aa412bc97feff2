import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { formatSessionNumber } from '@deskside/domain';
import { Empty, ErrorMessage, PersonName, Skeleton, Time, injectTexts } from '@deskside/ui';
import { HoldRows } from '../live-rows/hold-rows';
import { LiveRows } from '../live-rows/live-rows';
import { WaitingRows } from '../live-rows/waiting-rows';
import { Page } from '../page/page';
import { AlertFeed } from './alert-feed';
import { ReviewReport } from './review-report';

/** Sessions that a customer reported: whom it concerns, and that somebody has looked at it. */
@Component({
  selector: 'ds-alerts-page',
  imports: [Empty, ErrorMessage, HoldRows, Page, PersonName, ReviewReport, RouterLink, Skeleton, Time, WaitingRows],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ds-page [heading]="t('alerts.title')" [question]="t('alerts.question')">
      <p class="what">{{ t('alerts.what') }}</p>
      @if (feed.failure(); as failure) {
        <ds-error [failure]="failure" />
      }
      @if (live.rows(); as list) {
        @if (list.rows.length === 0) {
          <ds-empty icon="done" [heading]="t('alerts.empty.title')" [hint]="t('alerts.empty.what')" />
        } @else {
          <div [dsHoldRows]="live">
            <ds-waiting-rows [count]="list.waiting" (take)="live.take()" />
            <ul>
              @for (held of list.rows; track held.row.summary.id) {
                @let alert = held.row;
                <li [class.gone]="held.gone">
                  <p class="said">{{ t('alerts.one', { number: format(alert.summary.number) }) }}</p>
                  <dl>
                    <div>
                      <dt>{{ t('alerts.reportedAt') }}</dt>
                      <dd><ds-time form="dayAndClock" [at]="alert.reportedAt" /></dd>
                    </div>
                    <div>
                      <dt>{{ t('alerts.representative') }}</dt>
                      <dd><ds-person-name [name]="alert.summary.representativeName" /></dd>
                    </div>
                    <div>
                      <dt>{{ t('alerts.customers') }}</dt>
                      <dd>
                        @for (name of alert.summary.customerNames; track $index) {
                          <ds-person-name [name]="name" />
                        } @empty {
                          <span>{{ t('sessionList.nobodyJoined') }}</span>
                        }
                      </dd>
                    </div>
                    <div>
                      <dt>{{ t('alerts.status') }}</dt>
                      <dd>{{ t('sessionList.statuses.' + alert.summary.status) }}</dd>
                    </div>
                  </dl>
                  @if (held.gone) {
                    <p>{{ t('alerts.reviewed') }}</p>
                  } @else {
                    <div class="go">
                      <a
                        [routerLink]="['/sessions', alert.summary.id]"
                        [queryParams]="{ number: alert.summary.number }"
                        >{{ t('alerts.toSession') }}</a
                      >
                      <ds-review-report [sessionId]="alert.summary.id" [number]="alert.summary.number" />
                    </div>
                  }
                </li>
              }
            </ul>
          </div>
        }
      } @else if (feed.failure() === null) {
        <ds-skeleton [lines]="5" />
      }
    </ds-page>
  `,
  styleUrl: './alerts-page.scss',
})
export class AlertsPage {
  protected readonly t = injectTexts();
  protected readonly feed = inject(AlertFeed);
  protected readonly live = new LiveRows(this.feed.alerts, ({ summary }) => summary.id);
  protected readonly format = formatSessionNumber;
}
