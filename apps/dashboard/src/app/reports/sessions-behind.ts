import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialog, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { NavigationStart, Router, RouterLink } from '@angular/router';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { formatSessionNumber } from '@deskside/domain';
import { Empty, ErrorMessage, PersonName, Skeleton, StopwatchPipe, Time, injectTexts } from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { filter } from 'rxjs';
import { CsrActivitySessionsDocument } from '../../generated/graphql';
import type { CsrActivitySessionsQueryVariables, SessionSummaryFieldsFragment } from '../../generated/graphql';
import { SignedInPerson } from '../sign-in/signed-in-person';
import { StaffRequests } from '../sign-in/staff-requests';

/** A figure, and what is asked to see behind it: once for each CSR whom it counts. */
export interface BehindFigure {
  readonly title: string;
  readonly asked: readonly CsrActivitySessionsQueryVariables[];
}

/** The sessions that a figure counts, each with the way to its facts or its history. */
@Component({
  selector: 'ds-sessions-behind',
  imports: [
    Empty,
    ErrorMessage,
    MatButtonModule,
    MatDialogModule,
    PersonName,
    RouterLink,
    Skeleton,
    StopwatchPipe,
    Time,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './sessions-behind.html',
  styleUrl: './sessions-behind.scss',
})
export class SessionsBehind {
  protected readonly t = injectTexts();
  protected readonly behind = inject<BehindFigure>(MAT_DIALOG_DATA);
  protected readonly sessions = signal<readonly SessionSummaryFieldsFragment[] | null>(null);
  protected readonly failure = signal<Failure | null>(null);
  protected readonly format = formatSessionNumber;
  protected readonly mayReadHistory = inject(SignedInPerson).may('audit.read');
  readonly #requests = inject(StaffRequests);

  constructor() {
    void this.#look();
    const dialog = inject<MatDialogRef<SessionsBehind>>(MatDialogRef);
    inject(Router)
      .events.pipe(
        filter((event) => event instanceof NavigationStart),
        takeUntilDestroyed(),
      )
      .subscribe(() => dialog.close());
  }

  protected lengthOf(startedAt: string, endedAt: string): number {
    return Date.parse(endedAt) - Date.parse(startedAt);
  }

  async #look(): Promise<void> {
    const found = new Map<string, SessionSummaryFieldsFragment>();
    for (const variables of this.behind.asked) {
      const answer = await this.#requests.ask(CsrActivitySessionsDocument, variables);
      if (!answer.ok) return this.failure.set(answer.failure);
      // Two CSRs can have been in one session.
      for (const session of answer.data.csrActivitySessions.sessions) found.set(session.id, session);
    }
    this.sessions.set([...found.values()].sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt)));
  }
}

export function openSessionsBehind(dialogs: MatDialog, data: BehindFigure): void {
  dialogs.open<SessionsBehind, BehindFigure>(SessionsBehind, { data, width: '760px' });
}
