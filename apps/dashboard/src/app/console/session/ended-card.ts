import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Router } from '@angular/router';
import { notesCloseAt } from '@deskside/domain';
import type { SupportSession } from '@deskside/domain';
import { Times, Writes, injectNow, injectTexts, isolated, readable, stopwatch } from '@deskside/ui';
import { NewSession } from '../new-session/new-session';
import type { OpenSession } from '../open-sessions/open-session';
import { OpenSessions } from '../open-sessions/open-sessions';
import { doneIn } from './done-in';

type Ended = Extract<SupportSession, { status: 'ended' }>;

/** A session that is over says so, by whom and when, until it is closed. */
@Component({
  selector: 'ds-ended-card',
  imports: [MatButtonModule, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'status' },
  template: `
    <h2>{{ t('console.ended.title') }}</h2>
    <p>{{ how() }}</p>
    @if (done().length > 0) {
      <ul>
        @for (line of done(); track line) {
          <li>{{ line }}</li>
        }
      </ul>
    }
    @if (notesLeft(); as time) {
      <p role="timer" aria-live="off">{{ t('console.ended.notesOpen', { time }) }}</p>
    }
    <p class="buttons">
      @if (notesLeft()) {
        <button matButton="outlined" type="button" (click)="notes.emit()">{{ t('console.ended.notes') }}</button>
      }
      <button matButton="filled" type="button" (click)="close()">{{ t('console.ended.close') }}</button>
      <button matButton="outlined" type="button" dsWrites (click)="newSession.ask()">
        {{ t('console.ended.another') }}
      </button>
    </p>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 12px;
      width: min(480px, 100%);
      padding: 24px;
      border: 1px solid var(--ds-line);
      border-radius: 14px;
      background: var(--ds-surface);
      box-shadow: var(--ds-shadow);
    }
    h2 {
      font-size: var(--ds-large);
      font-weight: var(--ds-weight-strong);
    }
    p,
    li {
      color: var(--ds-text-2);
    }
    .buttons {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
  `,
})
export class EndedCard {
  readonly session = input.required<OpenSession>();
  readonly notes = output();

  protected readonly t = injectTexts();
  protected readonly newSession = inject(NewSession);
  readonly #sessions = inject(OpenSessions);
  readonly #router = inject(Router);
  readonly #times = inject(Times);

  protected readonly how = computed(() => {
    const session = this.session().session();
    return session.status === 'ended' ? this.#endOf(session) : this.t('console.ended.elsewhere');
  });
  /** What was done, one short line each. */
  protected readonly done = computed(() =>
    doneIn(this.session().session(), this.session().store.events()).map(({ kind, count, milliseconds }) => {
      const duration = this.#times.duration(milliseconds);
      return this.t(`console.ended.done.${kind}`, { count, duration });
    }),
  );
  readonly #now = injectNow(1_000);
  /** null once notes are closed. */
  protected readonly notesLeft = computed(() => {
    const session = this.session().session();
    const left = session.status === 'ended' ? Date.parse(notesCloseAt(session.endedAt)) - this.#now() : 0;
    return left > 0 ? stopwatch(left) : null;
  });

  #endOf({ startedAt, endedAt, endReason, endedBy, participants }: Ended): string {
    const time = this.#times.clock(endedAt);
    if (endReason === 'reported') return this.t('console.ended.reported', { time });
    if (endReason === 'numberLapsed' || endedBy === null) return this.t('console.ended.lapsed', { time });
    const duration = this.#times.duration(Date.parse(endedAt) - Date.parse(startedAt));
    if (endedBy === this.session().me()?.id) return this.t('console.ended.byYou', { time, duration });
    const name = isolated(readable(participants[endedBy]?.name) ?? this.t('person.unknown'));
    return this.t('console.ended.by', { time, duration, name });
  }

  protected close(): void {
    this.#sessions.close(this.session());
    void this.#router.navigateByUrl('/console');
  }
}
