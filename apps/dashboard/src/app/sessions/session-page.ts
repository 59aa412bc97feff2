import { ChangeDetectionStrategy, Component, computed, effect, inject, input, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { formatSessionNumber } from '@deskside/domain';
import {
  Empty,
  ErrorMessage,
  Icon,
  PersonName,
  Skeleton,
  Stopwatch,
  StopwatchPipe,
  Time,
  injectTexts,
} from '@deskside/ui';
import { ReviewReport } from '../alerts/review-report';
import { SignedInPerson } from '../sign-in/signed-in-person';
import { SessionMarks } from '../supervision/session-marks';
import { LookedUpSession } from './looked-up-session';

/** `/sessions/<id>?number=<its number>`: the facts of a session, and ways to what whoever looks may do with it. */
@Component({
  selector: 'ds-session-facts-page',
  imports: [
    Empty,
    ErrorMessage,
    Icon,
    MatButtonModule,
    PersonName,
    ReviewReport,
    RouterLink,
    SessionMarks,
    Skeleton,
    Stopwatch,
    StopwatchPipe,
    Time,
  ],
  providers: [LookedUpSession],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './session-page.html',
  styleUrl: './session-page.scss',
})
export class SessionFactsPage {
  readonly sessionId = input.required<string>();
  readonly number = input<string>();

  protected readonly t = injectTexts();
  protected readonly found = inject(LookedUpSession);
  protected readonly person = inject(SignedInPerson);
  protected readonly format = formatSessionNumber;
  protected readonly isMine = computed(() => this.found.summary()?.representativeId === this.person.me()?.id);
  protected readonly duration = computed(() => {
    const summary = this.found.summary();
    return summary?.endedAt == null ? null : Date.parse(summary.endedAt) - Date.parse(summary.startedAt);
  });

  constructor() {
    effect(() => {
      const place = { sessionId: this.sessionId(), number: this.number() };
      untracked(() => this.found.look(place));
    });
  }

  protected lookAgain(): void {
    this.found.look({ sessionId: this.sessionId(), number: this.number() });
  }
}
