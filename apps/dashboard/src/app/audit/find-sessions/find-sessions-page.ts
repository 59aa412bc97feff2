import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatButtonToggleModule } from '@angular/material/button-toggle';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { CurrentWriteRefusal, Empty, ErrorMessage, Icon, Skeleton, injectTexts } from '@deskside/ui';
import { Page } from '../../page/page';
import { SessionRows } from '../../sessions/session-rows';
import { SessionSearch } from './session-search';
import { searchKinds } from './session-query';

/** Finds sessions by number, name or date. */
@Component({
  selector: 'ds-find-sessions-page',
  imports: [
    Empty,
    ErrorMessage,
    Icon,
    MatButtonModule,
    MatButtonToggleModule,
    MatFormFieldModule,
    MatInputModule,
    Page,
    SessionRows,
    Skeleton,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './find-sessions-page.html',
  styleUrl: './find-sessions-page.scss',
})
export class FindSessionsPage {
  protected readonly t = injectTexts();
  protected readonly search = inject(SessionSearch);
  protected readonly writeRefusal = inject(CurrentWriteRefusal).code;
  protected readonly kinds = searchKinds;
  protected readonly zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  protected readonly wrong = computed(() => {
    const key = this.search.wrong();
    return key === null ? null : this.t(key);
  });

  protected find(submitted: Event): void {
    submitted.preventDefault();
    void this.search.find();
  }
}
