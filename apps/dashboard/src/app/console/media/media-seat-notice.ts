import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { injectTexts } from '@deskside/ui';
import { Talking } from '../audio/talking';
import { liveScreen } from '../consent/screen-request';
import type { OpenSession } from '../open-sessions/open-session';
import { SessionMedias } from './session-medias';

/** Picture and voice are in one window of mine; this one can have them by one press. */
@Component({
  selector: 'ds-media-seat-notice',
  imports: [MatButtonModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'status' },
  template: `
    @if (isElsewhere()) {
      <p>
        <span>{{ t('console.media.elsewhere') }}</span>
        <button matButton="outlined" type="button" (click)="talking.moveHere(session())">
          {{ t('console.media.moveHere') }}
        </button>
      </p>
    }
  `,
  styles: `
    :host {
      display: contents;
    }
    p {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 12px;
      padding: 6px 12px;
      border: 1px solid var(--ds-accent);
      border-radius: var(--ds-radius);
      background: var(--ds-accent-soft);
    }
  `,
})
export class MediaSeatNotice {
  readonly session = input.required<OpenSession>();

  protected readonly t = injectTexts();
  protected readonly talking = inject(Talking);
  readonly #medias = inject(SessionMedias);
  /** Where there is a picture, the stage says it. */
  protected readonly isElsewhere = computed(
    () =>
      this.#medias.of(this.session())?.seatState() === 'elsewhere' &&
      liveScreen(this.session().session()) === undefined,
  );
}
