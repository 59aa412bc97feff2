import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { formatSessionNumber } from '@deskside/domain';
import { PersonName, StopwatchPipe, Time, injectTexts } from '@deskside/ui';
import type { SessionSummaryFieldsFragment } from '../../../generated/graphql';

/** Sessions that were found; each row opens its history. */
@Component({
  selector: 'ds-session-results',
  imports: [PersonName, RouterLink, StopwatchPipe, Time],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <table>
      <thead>
        <tr>
          <th scope="col">{{ t('audit.columns.number') }}</th>
          <th scope="col">{{ t('audit.columns.customers') }}</th>
          <th scope="col">{{ t('audit.columns.representative') }}</th>
          <th scope="col">{{ t('audit.columns.started') }}</th>
          <th scope="col">{{ t('audit.columns.duration') }}</th>
          <th scope="col">{{ t('audit.columns.subject') }}</th>
        </tr>
      </thead>
      <tbody>
        @for (session of sessions(); track session.id) {
          <tr>
            <th scope="row">
              <a [routerLink]="['/audit/sessions', session.id]">{{ format(session.number) }}</a>
            </th>
            <td [attr.data-label]="t('audit.columns.customers')">
              <span>
                @for (name of session.customerNames; track $index) {
                  <ds-person-name class="name" [name]="name" />
                } @empty {
                  <span class="none">{{ t('audit.nobodyJoined') }}</span>
                }
              </span>
            </td>
            <td [attr.data-label]="t('audit.columns.representative')">
              <ds-person-name [name]="session.representativeName" />
            </td>
            <td [attr.data-label]="t('audit.columns.started')">
              <ds-time form="dayAndClock" [at]="session.startedAt" />
            </td>
            <td [attr.data-label]="t('audit.columns.duration')">
              @if (session.endedAt; as endedAt) {
                {{ lengthOf(session.startedAt, endedAt) | dsStopwatch }}
              } @else {
                <span class="none">{{ t('audit.stillOpen') }}</span>
              }
            </td>
            <td [attr.data-label]="t('audit.columns.subject')">
              @if (session.subject; as subject) {
                <ds-person-name [name]="subject" />
              }
            </td>
          </tr>
        }
      </tbody>
    </table>
  `,
  styleUrl: './session-results.scss',
})
export class SessionResults {
  readonly sessions = input.required<readonly SessionSummaryFieldsFragment[]>();

  protected readonly t = injectTexts();
  protected readonly format = formatSessionNumber;

  protected lengthOf(startedAt: string, endedAt: string): number {
    return Date.parse(endedAt) - Date.parse(startedAt);
  }
}
