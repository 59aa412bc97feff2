import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { Empty, Skeleton, Writes, injectTexts } from '@deskside/ui';
import { NewSession } from '../new-session/new-session';
import { OpenSessions } from '../open-sessions/open-sessions';
import { SessionView } from './session-view';

/** `/console/<session id>` */
@Component({
  selector: 'ds-session-page',
  imports: [Empty, MatButtonModule, RouterLink, SessionView, Skeleton, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (open(); as open) {
      @for (session of [open]; track session.id) {
        <ds-session-view [session]="session" />
      }
    } @else if (sessions.isExpected(sessionId())) {
      <ds-skeleton class="loading" [lines]="6" />
    } @else {
      <h1 class="ds-visually-hidden">{{ t('console.notMine.title') }}</h1>
      <ds-empty icon="console" [heading]="t('console.notMine.title')" [hint]="t('console.notMine.what')">
        <a matButton="outlined" routerLink="/console">{{ t('shell.console') }}</a>
        <button matButton="filled" type="button" dsWrites (click)="newSession.ask()">
          {{ t('shell.newSession') }}
        </button>
      </ds-empty>
    }
  `,
  styles: `
    .loading {
      padding: 24px;
    }
  `,
})
export class SessionPage {
  readonly sessionId = input.required<string>();

  protected readonly t = injectTexts();
  protected readonly sessions = inject(OpenSessions);
  protected readonly newSession = inject(NewSession);
  protected readonly open = computed(() => {
    this.sessions.all();
    return this.sessions.find(this.sessionId());
  });
}
