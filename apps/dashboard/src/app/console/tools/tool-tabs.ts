import { ChangeDetectionStrategy, Component, computed, inject, input, model, output } from '@angular/core';
import { MatTabsModule } from '@angular/material/tabs';
import { Writes, injectTexts } from '@deskside/ui';
import { AudioTools } from '../audio/audio-tools';
import { AudioTrouble } from '../audio/audio-trouble';
import { MediaProgress } from '../media/media-progress';
import { MediaSeatNotice } from '../media/media-seat-notice';
import { RequestStatus } from '../consent/request-status';
import { RequestViewTool } from '../consent/request-view-tool';
import { Inviting } from '../invitation/inviting';
import type { OpenSession } from '../open-sessions/open-session';
import { SessionActs } from '../session/session-acts';
import { ToolButton } from './tool-button';

/** In the order of the product's words; a tab comes with the first thing that can be done on it. */
export const toolTabs = ['tools', 'desktop', 'session'] as const;
export type ToolTab = (typeof toolTabs)[number];

/** The console's fixed tabs with what can be done in the session, and below them how the open question stands. */
@Component({
  selector: 'ds-tool-tabs',
  imports: [
    AudioTools,
    AudioTrouble,
    MatTabsModule,
    MediaProgress,
    MediaSeatNotice,
    RequestStatus,
    RequestViewTool,
    ToolButton,
    Writes,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './tool-tabs.html',
  styleUrl: './tool-tabs.scss',
})
export class ToolTabs {
  readonly session = input.required<OpenSession>();
  readonly tab = model<ToolTab>('tools');
  readonly write = output();
  readonly notes = output();

  protected readonly t = injectTexts();
  protected readonly tabs = toolTabs;
  protected readonly acts = inject(SessionActs);
  protected readonly inviting = inject(Inviting);
  protected readonly noteCount = computed(() => {
    const session = this.session().session();
    return session.status === 'absent' ? 0 : Object.keys(session.notes).length;
  });
}
