import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { injectTexts } from '@deskside/ui';
import { MediaReadiness } from './media-readiness';

/** Why there is no picture and voice yet, and how far they are; nothing once they are there. */
@Component({
  selector: 'ds-media-progress',
  imports: [MatProgressBarModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'status' },
  template: `
    @if (words(); as sentence) {
      <p>{{ sentence }}</p>
      @if (reason(); as text) {
        <p class="reason" lang="en">{{ text }}</p>
      }
      @if (isPreparing()) {
        <mat-progress-bar
          [mode]="fraction() === null ? 'indeterminate' : 'determinate'"
          [value]="(fraction() ?? 0) * 100"
          [attr.aria-label]="sentence"
        />
      }
    }
  `,
  styles: `
    :host {
      display: contents;
    }
    p {
      color: var(--ds-text-2);
    }
    .reason {
      font-size: var(--ds-small);
      overflow-wrap: anywhere;
    }
  `,
})
export class MediaProgress {
  protected readonly t = injectTexts();
  readonly #state = inject(MediaReadiness).state;
  protected readonly isPreparing = computed(() => this.#state()?.status === 'preparing');
  protected readonly fraction = computed(() => this.#state()?.fraction ?? null);
  /** What the server says to its administrator, in English. */
  protected readonly reason = computed(() => (this.#state()?.status === 'failed' ? this.#state()?.reason : null));
  protected readonly words = computed(() => {
    const state = this.#state();
    if (state === null || state.status === 'ready') return null;
    if (state.status === 'preparing' && state.step !== null) return this.t(`console.media.step.${state.step}`);
    return this.t(`console.media.${state.status}`);
  });
}
