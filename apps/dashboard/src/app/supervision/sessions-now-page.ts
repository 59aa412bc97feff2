import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { formatSessionNumber } from '@deskside/domain';
import { Empty, ErrorMessage, PersonName, Skeleton, Stopwatch, Times, injectTexts } from '@deskside/ui';
import { HoldRows } from '../live-rows/hold-rows';
import { LiveRows } from '../live-rows/live-rows';
import { WaitingRows } from '../live-rows/waiting-rows';
import { Page } from '../page/page';
import { SessionMarks } from './session-marks';
import { SessionsNow } from './sessions-now';

/** Who helps whom right now, since when, and what is shared. Each row opens the session's facts. */
@Component({
  selector: 'ds-sessions-now-page',
  imports: [
    Empty,
    ErrorMessage,
    HoldRows,
    MatButtonModule,
    Page,
    PersonName,
    RouterLink,
    SessionMarks,
    Skeleton,
    Stopwatch,
    WaitingRows,
  ],
  providers: [SessionsNow],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './sessions-now-page.html',
  styleUrl: './sessions-now-page.scss',
})
export class SessionsNowPage {
  protected readonly t = injectTexts();
  protected readonly times = inject(Times);
  protected readonly now = inject(SessionsNow);
  protected readonly live = new LiveRows(this.now.sessions, ({ summary }) => summary.id);
  protected readonly format = formatSessionNumber;
  protected readonly sharing = computed(
    () => this.now.sessions()?.filter(({ shared }) => shared.length > 0).length ?? 0,
  );
}
