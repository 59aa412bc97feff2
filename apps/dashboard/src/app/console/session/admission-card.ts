import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { WaitingPerson } from '@deskside/domain';
import { IgnoreKeysAtFirst, Icon, injectTexts, isolated, shownText, Times, Writes } from '@deskside/ui';

import type { OpenSession } from '../open-sessions/open-session';
import { SessionActs } from './session-acts';

/**
 * Somebody with the number is at the door. An alert dialog that takes no focus: whoever is writing goes on writing, and
 * its buttons take no key at first.
 */
@Component({
  selector: 'ds-admission-card',
  imports: [Icon, IgnoreKeysAtFirst, MatButtonModule, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'alertdialog', '[attr.aria-labelledby]': 'titleId()', '[attr.aria-describedby]': 'whatId()' },
  template: `
    <ds-icon name="door" />
    <div class="what">
      <h2 [id]="titleId()">{{ t('console.asking.title', { name: isolatedName() }) }}</h2>
      <p [id]="whatId()">{{ t('console.asking.what', { time: times.clock(person().since) }) }}</p>
    </div>
    <div class="answers">
      <button
        matButton="outlined"
        type="button"
        dsWrites
        dsIgnoreKeysAtFirst
        [attr.aria-label]="t('console.asking.refuseName', { name: name() })"
        (click)="acts.refuse(session(), person())"
      >
        {{ t('console.asking.refuse') }}
      </button>
      <button
        matButton="filled"
        type="button"
        dsWrites
        dsIgnoreKeysAtFirst
        [attr.aria-label]="t('console.asking.admitName', { name: name() })"
        (click)="acts.admit(session(), person())"
      >
        {{ t('console.asking.admit') }}
      </button>
    </div>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 14px;
      padding: 12px 16px;
      border: 1px solid var(--ds-accent);
      border-radius: 10px;
      background: var(--ds-accent-soft);
    }
    .what {
      flex: 1 1 260px;
    }
    h2 {
      font-size: var(--ds-text-size);
      font-weight: var(--ds-weight-strong);
      overflow-wrap: anywhere;
    }
    p {
      color: var(--ds-text-2);
    }
    .answers {
      display: flex;
      gap: 8px;
    }
  `,
})
export class AdmissionCard {
  readonly session = input.required<OpenSession>();
  readonly person = input.required<WaitingPerson>();

  protected readonly t = injectTexts();
  protected readonly times = inject(Times);
  protected readonly acts = inject(SessionActs);
  protected readonly name = computed(() => shownText(this.person().name, this.t));
  protected readonly isolatedName = computed(() => isolated(this.name()));
  protected readonly titleId = computed(() => `asks-${this.person().participantId}`);
  protected readonly whatId = computed(() => `asks-what-${this.person().participantId}`);
}
