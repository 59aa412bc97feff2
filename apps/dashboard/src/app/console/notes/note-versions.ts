import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { Note, Participant } from '@deskside/domain';
import { PersonName, Times, injectTexts, isolated, readable } from '@deskside/ui';

/** A saved note: its last version, who saved it when, and the versions before it. */
@Component({
  selector: 'ds-note-versions',
  imports: [PersonName],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @let all = versions();
    @if (all[0]; as last) {
      <p class="text"><ds-person-name [name]="last.text" /></p>
      <p class="meta">{{ last.meta }}</p>
    }
    @if (all.length > 1) {
      <details>
        <summary>{{ t('console.notes.earlier', { count: all.length - 1 }) }}</summary>
        @for (version of all.slice(1); track version.meta) {
          <p class="text old"><ds-person-name [name]="version.text" /></p>
          <p class="meta">{{ version.meta }}</p>
        }
      </details>
    }
  `,
  styles: `
    .text {
      white-space: pre-line;
      overflow-wrap: anywhere;
    }
    .old,
    .meta {
      color: var(--ds-text-2);
    }
    .meta,
    summary {
      font-size: var(--ds-small);
    }
    .meta {
      color: var(--ds-text-3);
    }
    summary {
      color: var(--ds-accent);
      cursor: pointer;
    }
  `,
})
export class NoteVersions {
  readonly note = input.required<Note>();
  readonly mine = input.required<boolean>();
  readonly people = input.required<readonly Participant[]>();

  protected readonly t = injectTexts();
  readonly #times = inject(Times);
  /** The newest first. */
  protected readonly versions = computed(() => {
    const author = this.people().find(({ personId }) => personId === this.note().authorId);
    const name = isolated(readable(author?.name) ?? this.t('person.unknown'));
    return this.note()
      .versions.map(({ text, savedAt }, index) => {
        const values = { version: index + 1, time: this.#times.clock(savedAt), name };
        return { text, meta: this.t(this.mine() ? 'console.notes.metaMine' : 'console.notes.meta', values) };
      })
      .toReversed();
  });
}
