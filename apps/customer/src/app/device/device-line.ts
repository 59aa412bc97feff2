import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Icon, injectTexts } from '@deskside/ui';
import { CustomerSession } from '../session/customer-session';
import { DeviceReport } from './device-report';

/** What is not possible on this device, said before anybody asks for it, and the way to a computer. */
@Component({
  selector: 'ds-device-line',
  imports: [Icon, MatButtonModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (key(); as sentence) {
      <p class="line">
        <ds-icon name="no-screen" /><span>{{ t(sentence) }} {{ t('device.onComputer') }}</span>
        <button matButton="outlined" type="button" (click)="passOn()">{{ t('device.passOn') }}</button>
      </p>
      <p class="done" role="status">{{ done() ? t('device.copied') : '' }}</p>
    }
  `,
  styleUrl: '../page/line.scss',
  styles: `
    .done {
      font-size: 16px;
    }
    .done:empty {
      display: none;
    }
  `,
})
export class DeviceLine {
  protected readonly t = injectTexts();
  readonly #place = inject(CustomerSession).place;
  readonly #device = inject(DeviceReport);
  protected readonly done = signal(false);
  protected readonly key = computed(() => {
    const abilities = this.#device.abilities();
    if (abilities === null || abilities.canShareScreen) return null;
    return abilities.form === 'desktop' ? 'device.cannotShare' : `device.cannotShareOn.${abilities.form}`;
  });

  /** The address with the number behind `#`, by the device's own way of passing things on where it has one. */
  protected async passOn(): Promise<void> {
    const url = `${location.origin}/#${this.#place.number}`;
    try {
      if (typeof navigator.share === 'function') await navigator.share({ url });
      else {
        await navigator.clipboard.writeText(url);
        this.done.set(true);
      }
    } catch {
      // Closed without passing it on.
      this.done.set(false);
    }
  }
}
