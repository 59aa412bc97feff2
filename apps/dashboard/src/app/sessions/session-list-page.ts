import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { Empty, ErrorMessage, Icon, Skeleton, injectTexts, shownText, Writes } from '@deskside/ui';
import { NewSession } from '../console/new-session/new-session';
import { Page } from '../page/page';
import { SignedInPerson } from '../sign-in/signed-in-person';
import { SessionListed } from './session-list';
import { sessionStatuses } from './session-list-filter';
import { SessionRows } from './session-rows';

/** All sessions for whoever supervises, else one's own; by number or name, days, CSR, status. */
@Component({
  selector: 'ds-session-list-page',
  imports: [
    Empty,
    ErrorMessage,
    Icon,
    MatButtonModule,
    MatFormFieldModule,
    MatInputModule,
    Page,
    SessionRows,
    Skeleton,
    Writes,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './session-list-page.html',
  styleUrl: './session-list-page.scss',
})
export class SessionListPage {
  protected readonly t = injectTexts();
  protected readonly shownText = shownText;
  protected readonly list = inject(SessionListed);
  protected readonly newSession = inject(NewSession);
  protected readonly statuses = sessionStatuses;
  readonly #person = inject(SignedInPerson);
  protected readonly ofEverybody = computed(
    () => this.#person.may('session.supervise') || this.#person.may('report.read'),
  );

  constructor() {
    void this.list.list();
    void this.list.representatives.look();
  }

  protected find(submitted: Event, search: string): void {
    submitted.preventDefault();
    void this.list.list({ search });
  }
}
