import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Icon, injectTexts } from '@deskside/ui';

interface ChainState {
  readonly status: string;
  readonly events: number;
  readonly brokenAtRevision: number | null;
}

/** Key of the sentence about what is proved by that, and what is not. */
export function meaningOf({ status }: Pick<ChainState, 'status'>): string {
  if (status === 'unbroken') return 'history.chain.honest';
  return status === 'logDamaged' ? 'history.chain.logDamagedHonest' : 'history.chain.brokenHonest';
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
  /** Key of the sentence when nothing is broken. */
  readonly whole = input('history.chain.unbroken');

  readonly #t = injectTexts();
  protected readonly broken = computed(() => this.chain().status !== 'unbroken');
  protected readonly sentence = computed(() => {
    const { events: count, brokenAtRevision: revision } = this.chain();
    if (!this.broken()) return this.#t(this.whole(), { count });
    if (this.chain().status === 'logDamaged') return this.#t('history.chain.logDamaged');
    return revision === null ? this.#t('history.chain.brokenSomewhere') : this.#t('history.chain.broken', { revision });
  });
}
