import { ChangeDetectionStrategy, Component, DestroyRef, computed, inject, output, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { DeviceTest } from '@deskside/media/browser';
import { AudioDeviceMenu, injectTexts } from '@deskside/ui';
import { Media } from '../media/media';
import { deviceStore } from '../media/media-parts';
import { Voice } from './voice';

/** Microphone and loudspeaker: which ones, and whether they work, before or during the talk. Nobody hears the test. */
@Component({
  selector: 'ds-device-panel',
  imports: [AudioDeviceMenu, MatButtonModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <section [attr.aria-label]="t('voice.devices')">
      <ds-audio-device-menu
        [devices]="voice.devices()"
        [level]="level()"
        (chooseInput)="chooseInput($event)"
        (chooseOutput)="voice.chooseOutput($event)"
        (playTone)="test?.playTone(voice.devices().output)"
      />
      @if (problem(); as reason) {
        <p role="alert">{{ t('microphone.' + reason) }}</p>
      }
      <button matButton="outlined" type="button" class="done" (click)="done.emit()">
        {{ t('voice.devicesDone') }}
      </button>
    </section>
  `,
  styles: `
    section {
      --ds-field-height: 48px;

      display: flex;
      flex-direction: column;
      gap: 14px;
      padding: 16px;
      border: 1px solid var(--ds-line);
      border-radius: 14px;
      background: var(--ds-surface);
      font-size: 17px;
    }
    .done {
      align-self: end;
    }
  `,
})
export class DevicePanel {
  readonly done = output();

  protected readonly t = injectTexts();
  protected readonly voice = inject(Voice);
  readonly #testLevel = signal(0);
  protected readonly problem = signal<string | null>(null);
  /** While one talks, the meter is that of the talk: a second capture of a microphone can silence the first. */
  protected readonly level = computed(() => (this.voice.state() === 'in' ? this.voice.level() : this.#testLevel()));
  protected readonly test = this.#begin();

  protected async chooseInput(id: string): Promise<void> {
    await this.voice.chooseInput(id);
    if (this.voice.state() === 'out') await this.#listen(id);
  }

  #begin(): DeviceTest | null {
    const library = inject(Media).parts()?.library;
    if (library === undefined) return null;
    const test = new library.DeviceTest({ store: deviceStore });
    const levels = test.level.subscribe((level) => this.#testLevel.set(level));
    inject(DestroyRef).onDestroy(() => {
      levels.unsubscribe();
      test.stop();
    });
    // The panel opens by a press, so the browser may ask.
    if (this.voice.state() === 'out') queueMicrotask(() => void this.#listen(this.voice.devices().input));
    return test;
  }

  async #listen(id: string): Promise<void> {
    const started = await this.test?.start(id);
    this.problem.set(started?.ok === false ? started.reason : null);
    await this.voice.refreshDevices();
  }
}
