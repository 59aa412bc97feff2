import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatButtonModule } from '@angular/material/button';
import { MatSnackBar } from '@angular/material/snack-bar';
import {
  Empty,
  ErrorMessage,
  FeedRefused,
  Skeleton,
  Writes,
  commandId,
  failureOf,
  injectTexts,
  sentenceFor,
} from '@deskside/ui';
import type { Answer, Failure } from '@deskside/ui';
import { PauseProjectionDocument, ProjectionsFeedDocument, RebuildProjectionDocument } from '../../generated/graphql';
import type { ProjectionsFeedSubscription } from '../../generated/graphql';
import { Confirmation } from '../confirmation/confirm-dialog';
import { Page } from '../page/page';
import { StaffRequests } from '../sign-in/staff-requests';

type Projection = ProjectionsFeedSubscription['projectionsFeed']['projections'][number];

/** How far each table made from the log is, live; rebuild and pause. */
@Component({
  selector: 'ds-projections-page',
  imports: [Empty, ErrorMessage, MatButtonModule, Page, Skeleton, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './projections-page.html',
  styleUrl: './projections-page.scss',
})
export class ProjectionsPage {
  protected readonly t = injectTexts();
  protected readonly projections = signal<readonly Projection[] | null>(null);
  protected readonly failure = signal<Failure | null>(null);
  readonly #requests = inject(StaffRequests);
  readonly #confirmation = inject(Confirmation);
  readonly #snackBar = inject(MatSnackBar);

  constructor() {
    this.#requests
      .watch(ProjectionsFeedDocument, {})
      .pipe(takeUntilDestroyed())
      .subscribe({
        next: ({ projectionsFeed }) => this.projections.set(projectionsFeed.projections),
        error: (error: unknown) => this.failure.set(error instanceof FeedRefused ? error.failure : failureOf(error)),
      });
  }

  protected async rebuild({ name }: Projection): Promise<void> {
    const given = await this.#confirmation.isGiven({
      title: this.t('projections.rebuildTitle', { name }),
      what: this.t('projections.rebuildWhat'),
      confirm: this.t('projections.rebuild'),
    });
    if (!given) return;
    const answer = await this.#requests.send(RebuildProjectionDocument, { commandId: commandId(), name });
    this.#tell(answer, this.t('projections.started', { name }));
  }

  protected async pause({ name }: Projection, paused: boolean): Promise<void> {
    const answer = await this.#requests.send(PauseProjectionDocument, { commandId: commandId(), name, paused });
    // The list shows it by itself.
    if (!answer.ok) this.#tell(answer, '');
  }

  #tell(answer: Answer<unknown>, done: string): void {
    if (answer.ok) this.#snackBar.open(done, undefined, { duration: 4000 });
    else this.#snackBar.open(sentenceFor(answer.failure, this.t), this.t('app.close'));
  }
}
