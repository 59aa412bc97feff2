import { DestroyRef, Injectable, effect, inject, signal } from '@angular/core';
import type { DeviceAbilities } from '@deskside/media/browser';
import { commandId } from '@deskside/ui';
import { DescribeDeviceDocument } from '../../generated/graphql';
import { Media } from '../media/media';
import { CustomerSession } from '../session/customer-session';

/** Tells the representative, in coarse words, what this browser and device can do, before anything is asked. */
@Injectable()
export class DeviceReport {
  readonly #customer = inject(CustomerSession);
  readonly #media = inject(Media);
  readonly #abilities = signal<DeviceAbilities | null>(null);
  #last = '';

  /** null until they are known. */
  readonly abilities = this.#abilities.asReadonly();

  constructor() {
    effect(() => {
      if (this.#media.parts() !== null && this.#media.isInSession()) void this.#describe();
    });
    const again = (): void => void this.#describe();
    navigator.mediaDevices?.addEventListener('devicechange', again);
    inject(DestroyRef).onDestroy(() => navigator.mediaDevices?.removeEventListener('devicechange', again));
  }

  async #describe(): Promise<void> {
    const parts = this.#media.parts();
    if (parts === null || !this.#media.isInSession()) return;
    const abilities = await parts.library.deviceAbilities();
    this.#abilities.set(abilities);
    const { browser, system, form, canShareScreen, microphones, cameras } = abilities;
    const device = { browser, system, form, canShareScreen, microphones, cameras };
    const id = (this.#last = commandId());
    // What is known by then counts, not what was true when the server would not take it.
    void this.#customer.settle(DescribeDeviceDocument, { commandId: id, device }, () => this.#last === id);
  }
}
