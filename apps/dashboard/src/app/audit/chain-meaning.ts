import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Times, injectTexts } from '@deskside/ui';

interface ChainState {
  readonly status: string;
  readonly lossAcceptedAt: string | null;
}

/** What is proved by a chain of events, and what is not. */
@Component({
  selector: 'ds-chain-meaning',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `{{ sentence() }}`,
})
export class ChainMeaning {
  readonly chain = input.required<ChainState>();

  readonly #t = injectTexts();
  readonly #times = inject(Times);
  protected readonly sentence = computed(() => {
    const { lossAcceptedAt } = this.chain();
    const when = lossAcceptedAt === null ? '' : this.#times.dayAndClock(lossAcceptedAt);
    return this.#t(meaningOf(this.chain()), { when });
  });
}

/** Key of its sentence. */
function meaningOf({ status, lossAcceptedAt }: ChainState): string {
  switch (status) {
    case 'unbroken':
      return lossAcceptedAt === null ? 'history.chain.honest' : 'history.chain.honestAfterLoss';
    case 'logDamaged':
      return 'history.chain.logDamagedHonest';
    case 'lossAccepted':
      return 'history.chain.lossAcceptedHonest';
    default:
      return 'history.chain.brokenHonest';
  }
}
