import { ChangeDetectionStrategy, Component, DestroyRef, computed, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule } from '@angular/material/dialog';
import { DeviceTest } from '@deskside/media/browser';
import type { MicrophoneRefusal } from '@deskside/media/browser';
import { AudioDeviceMenu, injectTexts } from '@deskside/ui';
import { deviceStore } from '../media/session-media';
import type { SessionMedia } from '../media/session-media';
import { MicrophoneHelp } from './microphone-help';

/** Which microphone and loudspeaker, each tried before anybody hears it. What is chosen holds in every session. */
@Component({
  selector: 'ds-audio-devices-dialog',
  imports: [AudioDeviceMenu, MatButtonModule, MatDialogModule, MicrophoneHelp],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2 mat-dialog-title>{{ t('console.audio.devicesTitle') }}</h2>
    <mat-dialog-content>
      <ds-audio-device-menu
        [devices]="devices()"
        [level]="level()"
        (chooseInput)="chooseInput($event)"
        (chooseOutput)="chooseOutput($event)"
        (playTone)="test.playTone(devices().output)"
      />
      @if (refusal(); as reason) {
        <ds-microphone-help [reason]="reason" />
      }
    </mat-dialog-content>
    <mat-dialog-actions>
      <button matButton="filled" type="button" mat-dialog-close>{{ t('app.close') }}</button>
    </mat-dialog-actions>
  `,
})
export class AudioDevicesDialog {
  protected readonly t = injectTexts();
  protected readonly test = new DeviceTest({ store: deviceStore });
  readonly #talk = inject<SessionMedia>(MAT_DIALOG_DATA).talk;
  protected readonly devices = toSignal(this.#talk.devices, { requireSync: true });
  readonly #testLevel = toSignal(this.test.level, { requireSync: true });
  readonly #ownLevel = toSignal(this.#talk.ownLevel, { requireSync: true });
  protected readonly level = computed(() => Math.max(this.#testLevel(), this.#ownLevel()));
  protected readonly refusal = signal<MicrophoneRefusal | null>(null);

  constructor() {
    void this.#tryInput();
    inject(DestroyRef).onDestroy(() => this.test.stop());
  }

  protected async chooseInput(id: string): Promise<void> {
    await this.#talk.chooseInput(id);
    await this.#tryInput(id);
  }

  protected async chooseOutput(id: string): Promise<void> {
    await this.#talk.chooseOutput(id);
    await this.test.playTone(id);
  }

  async #tryInput(id?: string): Promise<void> {
    const tried = await this.test.start(id);
    this.refusal.set(tried.ok ? null : tried.reason);
  }
}
