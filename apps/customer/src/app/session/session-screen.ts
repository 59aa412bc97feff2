import { ChangeDetectionStrategy, Component, DestroyRef, computed, effect, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { isInSession } from '@deskside/domain';
import type { KnownSession } from '@deskside/domain';
import {
  Avatar,
  Chat,
  CurrentWriteRefusal,
  Icon,
  Presence,
  injectTexts,
  injectWhoTypes,
  isolated,
  readable,
  shownText,
} from '@deskside/ui';
import { VoicePanel } from '../audio/voice-panel';
import { ScreenQuestion } from '../consent/screen-question';
import { ScreenQuestionCard } from '../consent/screen-question-card';
import { ScreenSharing } from '../consent/screen-sharing';
import { ShareAgainCard } from '../consent/share-again-card';
import { ShareProblemLine } from '../consent/share-problem-line';
import { SharedBar } from '../consent/shared-bar';
import { DeviceLine } from '../device/device-line';
import { PlantLine } from '../media/plant-line';
import { KeepFocus } from '../page/keep-focus';
import { PageHeader } from '../page/page-header';
import { PageTitle } from '../page/page-title';
import { ScreenHeading } from '../page/screen-heading';
import { CustomerSession } from './customer-session';
import { LeaveQuestion } from './leave-question';
import { othersHere, representativesIn } from './stage';

/** The session: who helps me, what is seen of me, and the chat. */
@Component({
  selector: 'ds-session-screen',
  imports: [
    ...[Avatar, Chat, DeviceLine, Icon, LeaveQuestion, MatButtonModule, PageHeader, PlantLine, Presence],
    ...[ScreenHeading, ScreenQuestionCard, ShareAgainCard, ShareProblemLine, SharedBar, VoicePanel],
  ],
  hostDirectives: [KeepFocus],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './session-screen.html',
  styleUrl: './session-screen.scss',
})
export class SessionScreen {
  readonly session = input.required<KnownSession>();

  protected readonly t = injectTexts();
  protected readonly customer = inject(CustomerSession);
  protected readonly sharing = inject(ScreenSharing);
  readonly #desk = inject(ScreenQuestion);
  readonly #writeRefusal = inject(CurrentWriteRefusal).code;
  protected readonly whoTypes = injectWhoTypes(this.customer.typing);

  protected readonly helper = computed(() => representativesIn(this.session()).find(isInSession) ?? null);
  readonly #helperName = computed(() => {
    const name = readable(this.helper()?.name);
    return name === null ? null : isolated(name);
  });
  protected readonly heading = computed(() => {
    const name = this.#helperName();
    if (name !== null) return this.t('session.helping', { name });
    return this.t(this.#writeRefusal() === null ? 'session.helpingNobody' : 'closed.helper');
  });
  protected readonly awayNotice = computed(() => {
    const name = this.#helperName();
    if (this.helper()?.presence !== 'away' || name === null) return null;
    // Nobody's return can be recorded then.
    return this.t(this.#writeRefusal() === null ? 'session.representativeAway' : 'closed.presence', { name });
  });
  protected readonly alsoHere = computed(() => {
    const others = othersHere(this.session(), this.customer.place.participantId);
    const names = others.map(({ name }) => isolated(shownText(name, this.t)));
    return names.length === 0 ? null : this.t('session.alsoHere', { names: names.join(', ') });
  });
  protected readonly label = computed(() => {
    const name = this.#helperName();
    return name === null ? null : this.t('session.writeTo', { name });
  });
  protected readonly again = computed(() => {
    const shown = this.sharing.shown();
    return shown.at === 'resumable' ? shown.grant : null;
  });
  /** For the title of the tab: what must be seen from another tab too. */
  readonly #notice = computed(() => {
    if (this.sharing.live() !== null) return this.t('page.shared');
    return this.#desk.question().at === 'asked' ? this.t('page.asked') : null;
  });

  constructor() {
    const { notice } = inject(PageTitle);
    effect(() => notice.set(this.#notice()));
    inject(DestroyRef).onDestroy(() => notice.set(null));
  }
}
