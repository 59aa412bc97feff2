import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { formatSessionNumber } from '@deskside/domain';
import { PersonName, Time, injectTexts } from '@deskside/ui';
import type { CsrActivityReport } from './csr-activity';

/** The notes saved in the range, in the order of their saving: session, time, author, text. */
@Component({
  selector: 'ds-activity-notes',
  imports: [PersonName, RouterLink, Time],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2 id="notes-of-report">{{ t('csrActivity.notes.title') }}</h2>
    @if (notes().length > 0) {
      <table aria-labelledby="notes-of-report">
        <thead>
          <tr>
            <th scope="col">{{ t('csrActivity.notes.session') }}</th>
            <th scope="col">{{ t('csrActivity.notes.time') }}</th>
            <th scope="col">{{ t('csrActivity.notes.author') }}</th>
            <th scope="col">{{ t('csrActivity.notes.text') }}</th>
          </tr>
        </thead>
        <tbody>
          @for (note of notes(); track note.noteId + ' ' + note.version) {
            <tr>
              <th scope="row" class="number">
                <a [routerLink]="['/sessions', note.sessionId]" [queryParams]="{ number: note.number }">{{
                  format(note.number)
                }}</a>
              </th>
              <td [attr.data-label]="t('csrActivity.notes.time')">
                <ds-time form="dayAndClock" [at]="note.savedAt" />
              </td>
              <td [attr.data-label]="t('csrActivity.notes.author')"><ds-person-name [name]="note.author" /></td>
              <td [attr.data-label]="t('csrActivity.notes.text')">
                <div>
                  <ds-person-name class="text" [name]="note.text" />
                  @if (note.version > 1) {
                    <span class="version">{{ t('csrActivity.notes.version', { version: note.version }) }}</span>
                  }
                </div>
              </td>
            </tr>
          }
        </tbody>
      </table>
    } @else {
      <p>{{ t('csrActivity.notes.none') }}</p>
    }
  `,
  styleUrl: './activity-notes.scss',
})
export class ActivityNotes {
  readonly report = input.required<CsrActivityReport>();

  protected readonly t = injectTexts();
  protected readonly format = formatSessionNumber;
  protected readonly notes = computed(() =>
    this.report()
      .rows.flatMap(({ name: author, notes }) => notes.map((note) => ({ ...note, author })))
      .sort((a, b) => Date.parse(a.savedAt) - Date.parse(b.savedAt)),
  );
}
