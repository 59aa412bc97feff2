import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { Icon, injectTexts } from '@deskside/ui';
import { Media } from './media';
import { plantLine } from './plant-state';

/** Voice and screen are still being prepared, or not to be had: one calm line, the chat works. */
@Component({
  selector: 'ds-plant-line',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'status' },
  template: `
    @if (sentence(); as text) {
      <p class="line">
        <ds-icon name="sending" /><span>{{ text }}</span>
      </p>
    }
  `,
  styleUrl: '../page/line.scss',
})
export class PlantLine {
  readonly #t = injectTexts();
  readonly #media = inject(Media);
  protected readonly sentence = computed(() => {
    const plant = this.#media.plant();
    const line = plant === null ? null : plantLine(plant);
    return line === null ? null : this.#t(line.key, { percent: line.percent });
  });
}
