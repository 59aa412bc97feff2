import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Icon } from '../icons/icon';
import { injectTexts } from '../localization/texts';
import { LevelMeter } from './level-meter';

interface AudioDevice {
  readonly id: string;
  /** Empty until the microphone was allowed once. */
  readonly label: string;
}

/** What can be chosen among and what is chosen, as `Talk` and `DeviceTest` of `@deskside/media/browser` say it. */
export interface ChoosableDevices {
  readonly inputs: readonly AudioDevice[];
  readonly outputs: readonly AudioDevice[];
  readonly input: string;
  readonly output: string;
  readonly canChooseOutput: boolean;
}

interface Choice extends AudioDevice {
  readonly chosen: boolean;
}

/** Microphone and loudspeaker, each with a way to try it: a meter that moves, a tone to hear. */
@Component({
  selector: 'ds-audio-device-menu',
  imports: [Icon, LevelMeter, MatButtonModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <label>
      <span>{{ t('audioDevice.input') }}</span>
      <select (change)="chooseInput.emit(valueOf($event))">
        @for (device of inputs(); track device.id) {
          <option [value]="device.id" [selected]="device.chosen">{{ device.label }}</option>
        }
      </select>
    </label>
    <p class="try">
      <ds-level-meter [level]="level()" /><span>{{ t('audioDevice.say') }}</span>
    </p>
    @if (devices().canChooseOutput) {
      <label>
        <span>{{ t('audioDevice.output') }}</span>
        <select (change)="chooseOutput.emit(valueOf($event))">
          @for (device of outputs(); track device.id) {
            <option [value]="device.id" [selected]="device.chosen">{{ device.label }}</option>
          }
        </select>
      </label>
    } @else {
      <p class="try">{{ t('audioDevice.outputOfBrowser') }}</p>
    }
    <button matButton="outlined" type="button" (click)="playTone.emit()">
      <ds-icon name="tone" />{{ t('audioDevice.tone') }}
    </button>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      align-items: start;
      gap: 10px;
    }
    label {
      display: flex;
      flex-direction: column;
      gap: 4px;
      inline-size: 100%;
    }
    label span {
      font-weight: var(--ds-weight-strong);
    }
    select {
      inline-size: 100%;
      min-block-size: var(--ds-field-height, 36px);
      padding: 4px 8px;
      border: 1px solid var(--ds-line-field);
      border-radius: var(--ds-radius);
      background: var(--ds-surface);
      color: var(--ds-text);
    }
    .try {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 10px;
      color: var(--ds-text-2);
      font-size: var(--ds-small);
    }
  `,
})
export class AudioDeviceMenu {
  readonly devices = input.required<ChoosableDevices>();
  /** Of the chosen microphone, from 0 to 1. */
  readonly level = input.required<number>();

  readonly chooseInput = output<string>();
  readonly chooseOutput = output<string>();
  readonly playTone = output();

  protected readonly t = injectTexts();
  protected readonly inputs = computed(() => this.#named(this.devices().inputs, this.devices().input));
  protected readonly outputs = computed(() => this.#named(this.devices().outputs, this.devices().output));

  protected valueOf(event: Event): string {
    return (event.target as HTMLSelectElement).value;
  }

  /** The system's own choice is always among them, also where the browser lists nothing yet. */
  #named(devices: readonly AudioDevice[], chosen: string): readonly Choice[] {
    const listed = devices.some(({ id }) => id === 'default') ? devices : [{ id: 'default', label: '' }, ...devices];
    return listed.map(({ id, label }, at) => ({ id, label: label || this.#nameless(id, at), chosen: id === chosen }));
  }

  #nameless(id: string, at: number): string {
    return id === 'default' ? this.t('audioDevice.default') : this.t('audioDevice.nameless', { number: at });
  }
}
