import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatCheckboxModule } from '@angular/material/checkbox';
import { MatDialogModule } from '@angular/material/dialog';
import { MatSliderModule } from '@angular/material/slider';
import { injectTexts } from '@deskside/ui';
import { attentionKinds } from './attention-kind';
import type { AttentionKind } from './attention-kind';
import { AttentionSettings } from './attention-settings';
import { Chime } from './chime';

/** Which events sound, which notify, and how loud. */
@Component({
  selector: 'ds-attention-dialog',
  imports: [MatButtonModule, MatCheckboxModule, MatDialogModule, MatSliderModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './attention-dialog.html',
  styleUrl: './attention-dialog.scss',
})
export class AttentionDialog {
  protected readonly t = injectTexts();
  protected readonly settings = inject(AttentionSettings);
  protected readonly kinds = attentionKinds;
  protected readonly blocked = signal(isBlocked());
  readonly #chime = new Chime();

  protected switchSound(kind: AttentionKind, on: boolean): void {
    this.settings.setWay(kind, 'sound', on);
    if (on) this.#chime.play(kind, this.settings.choice().volume);
  }

  /** Browsers ask only after a press of the person's own. */
  protected async switchNotification(kind: AttentionKind, on: boolean): Promise<void> {
    this.settings.setWay(kind, 'notification', on);
    if (on && typeof Notification !== 'undefined') await Notification.requestPermission();
    this.blocked.set(isBlocked());
  }

  protected setVolume(percent: number): void {
    this.settings.setVolume(percent / 100);
    this.#chime.play('message', percent / 100);
  }
}

function isBlocked(): boolean {
  return typeof Notification !== 'undefined' && Notification.permission === 'denied';
}
