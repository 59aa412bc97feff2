import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Router } from '@angular/router';
import { Times, injectTexts, isolated, readable } from '@deskside/ui';
import { NewSession } from '../new-session/new-session';
import type { OpenSession } from '../open-sessions/open-session';
import { OpenSessions } from '../open-sessions/open-sessions';

/** A session that is over says so, by whom and when, until it is closed. */
@Component({
  selector: 'ds-ended-card',
  imports: [MatButtonModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'status' },
  template: `
    <h2>{{ t('console.ended.title') }}</h2>
    <p>{{ how() }}</p>
    <p class="buttons">
      <button matButton="filled" type="button" (click)="close()">{{ t('console.ended.close') }}</button>
      <button matButton="outlined" type="button" (click)="newSession.ask()">{{ t('console.ended.another') }}</button>
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
    p {
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

  protected readonly t = injectTexts();
  protected readonly newSession = inject(NewSession);
  readonly #sessions = inject(OpenSessions);
  readonly #router = inject(Router);
  readonly #times = inject(Times);

  protected readonly how = computed(() => {
    const session = this.session().session();
    if (session.status !== 'ended') return this.t('console.ended.elsewhere');
    const { startedAt, endedAt, endReason, endedBy } = session;
    const time = this.#times.clock(endedAt);
    if (endReason === 'numberLapsed' || endedBy === null) return this.t('console.ended.lapsed', { time });
    const duration = this.#times.duration(Date.parse(endedAt) - Date.parse(startedAt));
    if (endedBy === this.session().me()?.id) return this.t('console.ended.byYou', { time, duration });
    const name = isolated(readable(session.participants[endedBy]?.name) ?? this.t('person.unknown'));
    return this.t('console.ended.by', { time, duration, name });
  });

  protected close(): void {
    this.#sessions.close(this.session());
    void this.#router.navigateByUrl('/console');
  }
}
