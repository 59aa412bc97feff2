import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Avatar, injectTexts, isolated, readable, shownText } from '@deskside/ui';
import { Site } from '../site/site';
import type { WhoAsks } from './preview';

/** The company, the representative's name, and what it is about. */
@Component({
  selector: 'ds-who-asks-card',
  imports: [Avatar],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'status' },
  template: `
    <ds-avatar [name]="whoAsks().representativeName" />
    <div>
      <p class="who">{{ who() }}</p>
      @if (about(); as text) {
        <p>{{ text }}</p>
      }
      @if (whoAsks().asks) {
        <p>{{ t('join.asks') }}</p>
      }
    </div>
  `,
  styles: `
    :host {
      --ds-avatar-size: 48px;

      display: flex;
      gap: 14px;
      align-items: center;
      padding: 14px 16px;
      border-radius: 12px;
      background: var(--ds-accent-soft);
      overflow-wrap: anywhere;
    }
    .who {
      font-weight: 650;
    }
  `,
})
export class WhoAsksCard {
  readonly whoAsks = input.required<WhoAsks>();

  protected readonly t = injectTexts();
  readonly #site = inject(Site);
  protected readonly who = computed(() => {
    const name = isolated(shownText(this.whoAsks().representativeName, this.t));
    const site = this.#site.name();
    return site === null ? this.t('join.whoPlain', { name }) : this.t('join.who', { name, site });
  });
  protected readonly about = computed(() => {
    const subject = readable(this.whoAsks().subject);
    return subject === null ? null : this.t('join.about', { subject: isolated(subject) });
  });
}
