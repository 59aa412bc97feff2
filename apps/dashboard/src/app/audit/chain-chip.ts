import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Icon, injectTexts } from '@deskside/ui';
import type { MissingEvents } from './session-history/history-rows';

interface ChainState {
  readonly status: string;
  readonly events: number;
  readonly brokenAtRevision: number | null;
}

/** Whether the events follow one from another, in words and with a sign. */
@Component({
  selector: 'ds-chain-chip',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class.broken]': 'broken()' },
  template: `<ds-icon [name]="broken() ? 'proof-broken' : 'proof'" />{{ sentence() }}`,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      padding: 2px 12px;
      border-radius: 999px;
      background: var(--ds-good-soft);
      color: var(--ds-good);
      font-size: var(--ds-small);
      font-weight: var(--ds-weight-strong);
      --ds-icon-size: 16px;
    }
    :host(.broken) {
      background: var(--ds-warn-soft);
      color: var(--ds-warn);
    }
  `,
})
export class ChainChip {
  readonly chain = input.required<ChainState>();
  /** What is not there any more: a break may be there. */
  readonly missing = input<readonly MissingEvents[]>([]);
  /** Key of the sentence when nothing is broken. */
  readonly whole = input('history.chain.unbroken');

  readonly #t = injectTexts();
  protected readonly broken = computed(() => this.chain().status !== 'unbroken');
  protected readonly sentence = computed(() => {
    const { events: count, brokenAtRevision: revision } = this.chain();
    if (!this.broken()) return this.#t(this.whole(), { count });
    if (this.chain().status === 'logDamaged') return this.#t('history.chain.logDamaged');
    if (revision === null) return this.#t('history.chain.brokenSomewhere');
    if (this.chain().status === 'lossAccepted') return this.#t('history.chain.lossAccepted', { revision });
    const isMissing = this.missing().some(({ from, to }) => from <= revision && revision <= to);
    return this.#t(isMissing ? 'history.chain.missing' : 'history.chain.broken', { revision });
  });
}
