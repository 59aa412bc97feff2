import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Icon, injectTexts } from '@deskside/ui';
import { SessionMedias } from '../media/session-medias';
import type { OpenSession } from '../open-sessions/open-session';
import { MicrophoneHelp } from './microphone-help';
import { Talking } from './talking';

/** Nobody hears me although I am in the talk: why, what to do, and one press to try again. */
@Component({
  selector: 'ds-audio-trouble',
  imports: [Icon, MatButtonModule, MicrophoneHelp],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'status' },
  template: `
    @if (reason(); as trouble) {
      <div>
        <ds-icon name="warning" />
        <ds-microphone-help [reason]="trouble" />
        <button matButton="outlined" type="button" (click)="talking.tryMicrophoneAgain(session())">
          {{ t('app.tryAgain') }}
        </button>
      </div>
    }
  `,
  styles: `
    :host {
      display: contents;
    }
    div {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 12px;
      padding: 8px 12px;
      border: 1px solid var(--ds-warn);
      border-radius: var(--ds-radius);
      background: var(--ds-warn-soft);
    }
    ds-microphone-help {
      flex: 1 1 16em;
    }
  `,
})
export class AudioTrouble {
  readonly session = input.required<OpenSession>();

  protected readonly t = injectTexts();
  protected readonly talking = inject(Talking);
  readonly #medias = inject(SessionMedias);
  protected readonly reason = computed(() =>
    this.#medias.of(this.session())?.seatState() === 'here' ? this.talking.trouble(this.session().id) : null,
  );
}
