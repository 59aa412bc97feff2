import { ChangeDetectionStrategy, Component, DestroyRef, effect, inject } from '@angular/core';
import { Skeleton, forgetWriting } from '@deskside/ui';
import { Voice } from '../audio/voice';
import { ScreenQuestion } from '../consent/screen-question';
import { ScreenSharing } from '../consent/screen-sharing';
import { ServerTime } from '../consent/server-time';
import { DeviceReport } from '../device/device-report';
import { WaitingScreen } from '../joining/waiting-screen';
import { Media } from '../media/media';
import { OverScreen } from '../over/over-screen';
import { PageHeader } from '../page/page-header';
import { PageTitle } from '../page/page-title';
import { CustomerSession } from './customer-session';
import { SessionScreen } from './session-screen';

/** Nothing can be written any more, and this may be a shared computer. */
const overStages: ReadonlySet<string> = new Set(['ended', 'left', 'removed']);

/** Where an admitted person is: waiting, in the session, or done with it. */
@Component({
  selector: 'ds-place',
  imports: [OverScreen, PageHeader, SessionScreen, Skeleton, WaitingScreen],
  providers: [CustomerSession, Media, Voice, ServerTime, ScreenSharing, ScreenQuestion, DeviceReport],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (session.isLost()) {
      <ds-over-screen [stage]="{ at: 'lost' }" />
    } @else {
      @let stage = session.stage();
      @switch (stage.at) {
        @case ('loading') {
          <ds-page-header [number]="session.place.number" />
          <main class="screen"><ds-skeleton [lines]="6" /></main>
        }
        @case ('waiting') {
          <ds-waiting-screen [since]="stage.person.since" />
        }
        @case ('session') {
          <ds-session-screen [session]="stage.session" />
        }
        @default {
          <ds-over-screen [stage]="stage" />
        }
      }
    }
  `,
  styleUrl: '../page/screen.scss',
})
export class Place {
  protected readonly session = inject(CustomerSession);

  constructor() {
    // There from the beginning: who was seen before a reload, or talked, is so at once.
    for (const part of [DeviceReport, ScreenQuestion, ServerTime, Voice]) inject<unknown>(part);
    const { unread } = inject(PageTitle);
    effect(() => unread.set(this.session.unread()));
    effect(() => {
      const { sessionId, participantId } = this.session.place;
      if (overStages.has(this.session.stage().at)) forgetWriting(sessionId, participantId);
    });
    inject(DestroyRef).onDestroy(() => unread.set(0));
  }
}
