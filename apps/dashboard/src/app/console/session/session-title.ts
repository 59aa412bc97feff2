import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { isInSession } from '@deskside/domain';
import { Icon, PersonName, Stopwatch, injectTexts } from '@deskside/ui';
import { CopyButton } from '../../copying/copy-button';
import { ConsentActs } from '../consent/consent-acts';
import { screenRequest } from '../consent/screen-request';
import { SessionMedias } from '../media/session-medias';
import type { OpenSession } from '../open-sessions/open-session';
import { SessionBadge } from '../open-sessions/session-badge';
import { NamesList } from '../../names/names-list';
import { qualityText } from '../stage/quality-text';
import { SessionActs } from './session-acts';

/** The one question of this screen, answered in words: whom do I help, what do I see, what do they see of me. */
@Component({
  selector: 'ds-session-title',
  imports: [CopyButton, Icon, MatButtonModule, NamesList, PersonName, SessionBadge, Stopwatch],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './session-title.html',
  host: { '[class.seen]': 'grant() !== null' },
  styleUrl: './session-title.scss',
})
export class SessionTitle {
  readonly session = input.required<OpenSession>();

  protected readonly t = injectTexts();
  protected readonly acts = inject(SessionActs);
  readonly #consent = inject(ConsentActs);
  readonly #medias = inject(SessionMedias);
  /** What I see; null for nothing. */
  protected readonly grant = computed(() => {
    const state = screenRequest(this.session().session(), this.session().me()?.id ?? '');
    return state.kind === 'running' && state.mine ? state.grant : null;
  });
  protected readonly quality = computed(() => qualityText(this.#medias.of(this.session())?.figures() ?? null, this.t));
  protected readonly device = computed(() => {
    const session = this.session().session();
    const customer = this.session().customer();
    const device = session.status === 'absent' || customer === undefined ? undefined : session.devices[customer.id];
    return device === undefined ? null : { browser: device.browser, system: device.system };
  });
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

  /** Shift+Stop ends what I see in every session of mine. */
  protected stop({ shiftKey }: MouseEvent): void {
    void (shiftKey ? this.#consent.stopAll() : this.#consent.stop(this.session()));
  }
}
