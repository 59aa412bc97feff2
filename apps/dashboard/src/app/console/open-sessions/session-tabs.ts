import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Router, RouterLink, RouterLinkActive } from '@angular/router';
import { Icon, PersonName, Stopwatch, injectTexts } from '@deskside/ui';
import type { OpenSession } from './open-session';
import { OpenSessions } from './open-sessions';
import { SessionBadge } from './session-badge';

/** One tab a session, in the order of the letters, whatever page is in front. */
@Component({
  selector: 'ds-session-tabs',
  imports: [Icon, MatButtonModule, PersonName, RouterLink, RouterLinkActive, SessionBadge, Stopwatch],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './session-tabs.html',
  styleUrl: './session-tabs.scss',
})
export class SessionTabs {
  protected readonly t = injectTexts();
  protected readonly sessions = inject(OpenSessions);
  readonly #router = inject(Router);

  protected bringIntoSight(isActive: boolean, tab: HTMLElement): void {
    if (isActive) tab.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  protected close(session: OpenSession): void {
    const isInFront = this.#router.url.startsWith(`/console/${session.id}`);
    this.sessions.close(session);
    if (isInFront) void this.#router.navigateByUrl('/console');
  }
}
