import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { permissionHelp } from '@deskside/media/browser';
import { injectTexts } from '@deskside/ui';
import type { MicrophoneTrouble } from './talking';

/** Why nobody hears one, and the steps for this very browser and system. */
@Component({
  selector: 'ds-microphone-help',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <p>{{ t('console.audio.trouble.' + reason()) }}</p>
    @for (step of steps(); track step) {
      <p class="step">{{ t(step) }}</p>
    }
  `,
  styles: `
    .step {
      color: var(--ds-text-2);
    }
  `,
})
export class MicrophoneHelp {
  readonly reason = input.required<MicrophoneTrouble>();

  protected readonly t = injectTexts();
  protected readonly steps = computed<readonly string[]>(() => {
    const reason = this.reason();
    if (reason !== 'refusedByBrowser' && reason !== 'refusedBySystem') return [];
    const { browser, system } = permissionHelp('microphone', reason === 'refusedBySystem' ? 'system' : 'browser');
    const inSystem = system === 'none' ? [] : [`console.audio.steps.${system}`];
    return reason === 'refusedBySystem' ? inSystem : [`console.audio.steps.${browser}`, ...inSystem];
  });
}
