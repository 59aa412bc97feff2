import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { isInSession } from '@deskside/domain';
import { PersonName, Stopwatch, injectTexts } from '@deskside/ui';
import { CopyButton } from '../../copying/copy-button';
import type { OpenSession } from '../open-sessions/open-session';
import { SessionBadge } from '../open-sessions/session-badge';
import { NamesList } from '../../names/names-list';
import { SessionActs } from './session-acts';

/** The one question of this screen, answered in words: whom do I help, what do I see, what do they see of me. */
@Component({
  selector: 'ds-session-title',
  imports: [CopyButton, MatButtonModule, NamesList, PersonName, SessionBadge, Stopwatch],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './session-title.html',
  styleUrl: './session-title.scss',
})
export class SessionTitle {
  readonly session = input.required<OpenSession>();

  protected readonly t = injectTexts();
  protected readonly acts = inject(SessionActs);
  protected readonly names = computed(() => {
    const customers = this.session().customers();
    const inSession = customers.filter(isInSession);
    return (inSession.length > 0 ? inSession : customers).map(({ name }) => name);
  });
  /** Subject and ticket, where there are any. */
  protected readonly about = computed(() => {
    const session = this.session().session();
    return session.status === 'absent' ? [] : [session.subject, session.ticket].filter((text) => text !== null);
  });
  protected readonly endedAt = computed(() => {
    const session = this.session().session();
    return session.status === 'ended' ? session.endedAt : null;
  });
}
