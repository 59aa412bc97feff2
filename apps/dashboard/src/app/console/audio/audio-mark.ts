import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Icon, LevelMeter, injectTexts } from '@deskside/ui';
import { SessionMedias } from '../media/session-medias';
import type { OpenSession } from '../open-sessions/open-session';

/** Whether somebody takes part in the talk, muted or not, and how loud at this moment; nothing for whoever does not. */
@Component({
  selector: 'ds-audio-mark',
  imports: [Icon, LevelMeter],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (place(); as audio) {
      <span [class.speaks]="speaks()">
        <ds-icon [name]="audio.muted ? 'mic-off' : 'mic'" />{{
          t(audio.muted ? 'console.audio.isMuted' : speaks() ? 'console.audio.speaks' : 'console.audio.isIn')
        }}
      </span>
      @if (!audio.muted) {
        <ds-level-meter [level]="level()" />
      }
    }
  `,
  styles: `
    :host {
      --ds-icon-size: 14px;
      --ds-meter-width: 56px;
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 2px 8px;
      color: var(--ds-text-3);
      font-size: var(--ds-small);
    }
    span {
      display: inline-flex;
      align-items: center;
      gap: 4px;
    }
    .speaks {
      color: var(--ds-good);
      font-weight: var(--ds-weight-strong);
    }
  `,
})
export class AudioMark {
  readonly session = input.required<OpenSession>();
  readonly participantId = input.required<string>();

  protected readonly t = injectTexts();
  readonly #medias = inject(SessionMedias);
  protected readonly place = computed(() => {
    const session = this.session().session();
    return session.status === 'open' ? session.audio[this.participantId()] : undefined;
  });
  readonly #media = computed(() => this.#medias.of(this.session()));
  readonly #isMe = computed(() => this.session().me()?.id === this.participantId());
  readonly #voice = computed(() =>
    this.#media()
      ?.voices()
      .find(({ identity }) => identity === this.participantId()),
  );
  protected readonly level = computed(() =>
    this.#isMe() ? (this.#media()?.ownLevel() ?? 0) : (this.#voice()?.level ?? 0),
  );
  protected readonly speaks = computed(() =>
    this.#isMe() ? this.level() > speakingLevel : this.#voice()?.speaking === true,
  );
}

/** Of one's own meter, which has no voice detection of the media server behind it. */
const speakingLevel = 0.25;
