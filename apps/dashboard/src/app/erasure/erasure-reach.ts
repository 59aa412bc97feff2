import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { formatSessionNumber } from '@deskside/domain';
import { Time, injectTexts } from '@deskside/ui';
import type { ErasurePreviewQuery } from '../../generated/graphql';
import { HistorySentence } from '../history/history-sentence';
import { openedText } from '../history/people';
import { sentence } from '../history/sentence';

/** "This will reach": what an erasure takes, what it leaves, and what stands in its way. */
@Component({
  selector: 'ds-erasure-reach',
  imports: [HistorySentence, Time],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (preview().name.lost === 'erased') {
      <p>{{ t('erasure.already') }}</p>
    } @else {
      <h3>{{ t('erasure.preview.title') }}</h3>
      <ul>
        <li><ds-history-sentence [sentence]="name()" /></li>
        <li>
          {{ t('erasure.preview.sessions', { count: preview().sessions.length }) }}
          <ul class="sessions">
            @for (session of preview().sessions; track session.id) {
              <li>{{ format(session.number) }} · <ds-time form="dayAndClock" [at]="session.startedAt" /></li>
            }
          </ul>
        </li>
        <li>{{ t('erasure.preview.chat', { count: preview().chatLines }) }}</li>
        <li>{{ t('erasure.preview.subjects') }}</li>
      </ul>
      <p>{{ t('erasure.preview.stays') }}</p>
      @if (preview().openSessions; as count) {
        <p class="open" role="alert">{{ t('erasure.preview.open', { count }) }}</p>
      }
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 8px;
    }
    h3 {
      font-size: var(--ds-text-size);
      font-weight: var(--ds-weight-strong);
    }
    ul {
      padding-inline-start: 18px;
      list-style: disc;
    }
    .sessions {
      max-height: 140px;
      overflow: auto;
      color: var(--ds-text-2);
      font-size: var(--ds-small);
      list-style: circle;
    }
    p {
      color: var(--ds-text-2);
    }
    .open {
      color: var(--ds-warn);
    }
  `,
})
export class ErasureReach {
  readonly preview = input.required<ErasurePreviewQuery['erasurePreview']>();

  protected readonly t = injectTexts();
  protected readonly format = formatSessionNumber;
  protected readonly name = computed(() =>
    sentence('erasure.preview.name', { name: { personal: openedText(this.preview().name) } }),
  );
}
