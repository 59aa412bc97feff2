import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { formatSessionNumber } from '@deskside/domain';
import { PersonName, StopwatchPipe, Time, injectTexts } from '@deskside/ui';
import type { SessionSummaryFieldsFragment } from '../../generated/graphql';

/** Sessions as rows; each opens what whoever looks may see of it. */
@Component({
  selector: 'ds-session-rows',
  imports: [PersonName, RouterLink, StopwatchPipe, Time],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <table>
      <thead>
        <tr>
          <th scope="col">{{ t('sessionList.columns.number') }}</th>
          <th scope="col">{{ t('sessionList.columns.customers') }}</th>
          <th scope="col">{{ t('sessionList.columns.representative') }}</th>
          <th scope="col">{{ t('sessionList.columns.started') }}</th>
          <th scope="col">{{ t('sessionList.columns.duration') }}</th>
          <th scope="col">{{ t('sessionList.columns.subject') }}</th>
        </tr>
      </thead>
      <tbody>
        @for (session of sessions(); track session.id) {
          <tr>
            <th scope="row">
              @if (opens() === 'history') {
                <a class="row-link" [routerLink]="['/audit/sessions', session.id]">{{ format(session.number) }}</a>
              } @else {
                <a
                  class="row-link"
                  [routerLink]="['/sessions', session.id]"
                  [queryParams]="{ number: session.number }"
                  >{{ format(session.number) }}</a
                >
              }
            </th>
            <td [attr.data-label]="t('sessionList.columns.customers')">
              <span>
                @for (name of session.customerNames; track $index) {
                  <ds-person-name class="name" [name]="name" />
                } @empty {
                  <span class="none">{{ t('sessionList.nobodyJoined') }}</span>
                }
              </span>
            </td>
            <td [attr.data-label]="t('sessionList.columns.representative')">
              <ds-person-name [name]="session.representativeName" />
            </td>
            <td [attr.data-label]="t('sessionList.columns.started')">
              <ds-time form="dayAndClock" [at]="session.startedAt" />
            </td>
            <td [attr.data-label]="t('sessionList.columns.duration')">
              @if (session.endedAt; as endedAt) {
                {{ lengthOf(session.startedAt, endedAt) | dsStopwatch }}
              } @else {
                <span class="none">{{ t('sessionList.stillOpen') }}</span>
              }
            </td>
            <td [attr.data-label]="t('sessionList.columns.subject')">
              @if (session.subject; as subject) {
                <ds-person-name [name]="subject" />
              }
            </td>
          </tr>
        }
      </tbody>
    </table>
  `,
  styleUrl: './session-rows.scss',
})
export class SessionRows {
  readonly sessions = input.required<readonly SessionSummaryFieldsFragment[]>();
  /** Every event, for auditors, or what whoever supervises may see. */
  readonly opens = input<'facts' | 'history'>('facts');

  protected readonly t = injectTexts();
  protected readonly format = formatSessionNumber;

  protected lengthOf(startedAt: string, endedAt: string): number {
    return Date.parse(endedAt) - Date.parse(startedAt);
  }
}
