import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { Writes, injectTexts } from '@deskside/ui';
import { SessionMedias } from '../media/session-medias';
import type { OpenSession } from '../open-sessions/open-session';
import { ToolButton } from '../tools/tool-button';
import { AudioDevicesDialog } from './audio-devices-dialog';
import { Talking } from './talking';

/** Audio: one press to join; then mute, devices and leave in its place. */
@Component({
  selector: 'ds-audio-tools',
  imports: [ToolButton, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (isHere()) {
      <button
        dsTool
        [icon]="muted() ? 'mic-off' : 'mic'"
        [look]="muted() ? 'idle' : 'on'"
        [attr.aria-pressed]="muted()"
        (click)="talking.setMuted(session(), !muted())"
      >
        {{ t(muted() ? 'console.audio.unmute' : 'console.audio.mute') }}
      </button>
      <button dsTool icon="audio-settings" (click)="openDevices()">{{ t('console.audio.devices') }}</button>
      <button dsTool icon="hang-up" (click)="talking.leave(session())">{{ t('console.audio.leave') }}</button>
    } @else {
      <button
        dsTool
        dsWrites
        icon="audio"
        [look]="state() === 'joining' ? 'asked' : 'idle'"
        [disabled]="!medias.ready() || state() === 'joining'"
        [title]="medias.ready() ? '' : t('console.audio.notReady')"
        (click)="talking.join(session())"
      >
        {{ t(state() === 'joining' ? 'console.audio.joining' : 'console.audio.join') }}
      </button>
    }
    @if (media()?.playback() === 'blocked') {
      <button dsTool icon="audio" look="asked" (click)="media()?.talk?.listen()">{{ t('console.audio.hear') }}</button>
    }
  `,
})
export class AudioTools {
  readonly session = input.required<OpenSession>();

  protected readonly t = injectTexts();
  protected readonly talking = inject(Talking);
  protected readonly medias = inject(SessionMedias);
  readonly #dialogs = inject(MatDialog);
  protected readonly media = computed(() => this.medias.of(this.session()));
  protected readonly state = computed(() => this.media()?.talkState() ?? 'out');
  /** In the talk, and in this window. */
  protected readonly isHere = computed(() => this.state() === 'in' || this.state() === 'listening');
  protected readonly muted = computed(() => this.state() === 'listening' || this.media()?.muted() === true);

  protected openDevices(): void {
    this.#dialogs.open(AudioDevicesDialog, { data: this.media() });
  }
}
