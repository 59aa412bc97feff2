import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { isRepresentative } from '@deskside/domain';
import type { ChatLine, OpenedText } from '@deskside/domain';
import { PersonName, Time, injectTexts, isolated, shownText } from '@deskside/ui';
import type { People } from '../../history/people';
import type { StateAtEvent } from './state-at-event';

/** What had been written up to the event that is looked at; the line that it wrote or took back is marked. */
@Component({
  selector: 'ds-conversation-at-event',
  imports: [PersonName, Time],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'region', tabindex: '0', '[attr.aria-label]': "t('history.part.conversation')" },
  template: `
    <h2>{{ t('history.conversation') }}</h2>
    @if (lacks()) {
      <p class="lacks">{{ t('history.conversationLacks') }}</p>
    }
    <ol>
      @for (line of lines(); track line.id) {
        <li [class.staff]="line.staff" [class.changed]="line.changed">
          <p class="who">
            <ds-person-name [name]="line.author" />
            @if (line.onlyTo; as onlyTo) {
              <span>{{ onlyTo }}</span>
            }
            <ds-time [at]="line.at" />
          </p>
          @if (line.takenBack) {
            <p class="gone">{{ t('history.takenBack') }}</p>
          } @else {
            <p class="text" dir="auto"><ds-person-name [name]="line.text" /></p>
          }
        </li>
      } @empty {
        <li class="none">{{ t('history.conversationEmpty') }}</li>
      }
    </ol>
  `,
  styleUrl: './conversation-at-event.scss',
})
export class ConversationAtEvent {
  readonly state = input.required<StateAtEvent>();
  readonly people = input.required<People>();
  /** Something up to the event that is looked at is missing or cannot be read. */
  readonly lacks = input(false);

  protected readonly t = injectTexts();
  protected readonly lines = computed(() => {
    const { before, after } = this.state();
    if (after.status === 'absent') return [];
    const known = new Set(before.status === 'absent' ? [] : before.chat);
    return after.chat.map((line) => {
      const author = after.participants[line.authorId];
      return {
        id: line.messageId,
        at: line.sentAt,
        author: author?.name ?? this.#nameOf(line.authorId),
        staff: author !== undefined && isRepresentative(author.role),
        text: line.text,
        takenBack: line.text === null || this.people().wasTakenBack(line.messageId),
        onlyTo: this.#onlyTo(line),
        changed: !known.has(line),
      };
    });
  });

  #onlyTo({ to }: ChatLine): string | null {
    if (to === 'all') return null;
    const { after } = this.state();
    const name = after.status === 'absent' ? undefined : after.participants[to]?.name;
    return this.t('history.only', { name: isolated(shownText(name ?? this.#nameOf(to), this.t)) });
  }

  /** Of somebody whose joining is not in this history any more. */
  #nameOf(id: string): OpenedText | null {
    const known = this.people().named(id);
    return 'personal' in known ? known.personal : null;
  }
}
