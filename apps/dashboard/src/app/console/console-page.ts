import { ChangeDetectionStrategy, Component, effect, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import { Empty, PersonName, Skeleton, Writes, injectTexts } from '@deskside/ui';
import { KeyCaps } from '../commands/key-caps';
import { SignedInPerson } from '../sign-in/signed-in-person';
import { NewSession } from './new-session/new-session';
import { OpenSessions } from './open-sessions/open-sessions';
import { SessionBadge } from './open-sessions/session-badge';

/** The console without a chosen session: one that is alone opens by itself. */
@Component({
  selector: 'ds-console-page',
  imports: [Empty, KeyCaps, MatButtonModule, PersonName, RouterLink, SessionBadge, Skeleton, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h1 class="ds-visually-hidden">{{ t('shell.console') }}</h1>
    @if (!sessions.loaded()) {
      <ds-skeleton [lines]="5" />
    } @else if (sessions.all().length === 0) {
      <ds-empty icon="console" [heading]="t('console.empty.title')" [hint]="t('console.empty.what')">
        @if (person.may('session.start')) {
          <button matButton="filled" type="button" dsWrites (click)="newSession.ask()">
            {{ t('shell.newSession') }}
          </button>
          <ds-key-caps combo="n" />
        }
      </ds-empty>
    } @else {
      <ds-empty
        icon="console"
        [heading]="t('console.choose.title', { count: sessions.live().length })"
        [hint]="t('console.choose.what')"
      >
        <ul>
          @for (session of sessions.all(); track session.id) {
            <li>
              <a matButton="outlined" [routerLink]="['/console', session.id]">
                <ds-session-badge [session]="session" />
                @if (session.customer(); as customer) {
                  <ds-person-name [name]="customer.name" />
                } @else {
                  <ds-person-name [name]="session.provisionalName()" />
                }
              </a>
            </li>
          }
        </ul>
      </ds-empty>
    }
  `,
  styles: `
    ds-skeleton {
      padding: 24px;
    }
    ds-empty {
      min-height: 60vh;
    }
    ul {
      display: flex;
      flex-direction: column;
      gap: 6px;
    }
    a {
      width: 100%;
    }
    ds-session-badge {
      margin-inline-end: 8px;
      vertical-align: middle;
    }
  `,
})
export class ConsolePage {
  protected readonly t = injectTexts();
  protected readonly sessions = inject(OpenSessions);
  protected readonly newSession = inject(NewSession);
  protected readonly person = inject(SignedInPerson);

  constructor() {
    const router = inject(Router);
    effect(() => {
      const [only, another] = this.sessions.live();
      if (only && !another) void router.navigate(['/console', only.id], { replaceUrl: true });
    });
  }
}
