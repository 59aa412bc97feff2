import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { injectTexts } from '../localization/texts';
import { injectNow } from '../times/now';
import type { LineWait as Wait } from './outbox';

/** Why a line has not been sent yet, with the seconds until it will be. */
@Component({
  selector: 'ds-line-wait',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `{{ sentence() }}`,
})
export class LineWait {
  readonly wait = input.required<Wait>();

  readonly #t = injectTexts();
  readonly #now = injectNow(250);
  protected readonly sentence = computed(() => {
    const { until, isTooFast } = this.wait();
    if (until === null) return this.#t('chat.waitsBehind');
    const seconds = Math.max(1, Math.round((until - this.#now()) / 1000));
    return this.#t(isTooFast ? 'chat.waits' : 'chat.waitsForServer', { seconds });
  });
}
