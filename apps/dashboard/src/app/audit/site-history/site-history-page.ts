import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { Empty, ErrorMessage, Icon, Skeleton, Times, injectTexts } from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { SiteHistoryDocument } from '../../../generated/graphql';
import type { SiteHistoryQuery } from '../../../generated/graphql';
import { siteKinds, typesOf } from '../../history/event-kinds';
import { HistorySentence } from '../../history/history-sentence';
import { People } from '../../history/people';
import { sentenceOf } from '../../history/sentence-of';
import { Page } from '../../page/page';
import { StaffRequests } from '../../sign-in/staff-requests';
import { ChainChip } from '../chain-chip';
import { ChainMeaning } from '../chain-meaning';

type SitePage = SiteHistoryQuery['siteHistory'];
type Kind = (typeof siteKinds)[number] | 'all';

/** Sign-ins, roles, settings, refusals, looks: everything that is no session, newest first, page by page. */
@Component({
  selector: 'ds-site-history-page',
  imports: [
    ChainChip,
    ChainMeaning,
    Empty,
    ErrorMessage,
    HistorySentence,
    Icon,
    MatButtonModule,
    Page,
    RouterLink,
    Skeleton,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './site-history-page.html',
  styleUrl: './site-history-page.scss',
})
export class SiteHistoryPage {
  protected readonly t = injectTexts();
  protected readonly times = inject(Times);
  protected readonly kinds = siteKinds;
  protected readonly kind = signal<Kind>('all');
  protected readonly page = signal<SitePage | null>(null);
  protected readonly failure = signal<Failure | null>(null);
  protected readonly isNewest = signal(true);
  /** What was said of the newest page holds for the older ones. */
  protected readonly isRecorded = signal(true);
  readonly #requests = inject(StaffRequests);
  #before: string | null = null;

  protected readonly rows = computed(() => {
    const page = this.page();
    if (page === null) return [];
    const people = People.of(page.events, page.people);
    return page.events.map((event) => ({
      event,
      sentence: sentenceOf(event, { people, stream: event.stream }),
      lookedAt: lookedAtSession(event),
    }));
  });

  constructor() {
    void this.look(null);
  }

  protected filter(kind: string): void {
    this.kind.set(kind as Kind);
    void this.look(null);
  }

  protected lookAgain(): void {
    void this.look(this.#before);
  }

  protected async look(before: string | null): Promise<void> {
    this.#before = before;
    this.page.set(null);
    this.failure.set(null);
    const kind = this.kind();
    const types = kind === 'all' ? {} : { types: [...typesOf(kind)] };
    const answer = await this.#requests.ask(SiteHistoryDocument, { ...(before === null ? {} : { before }), ...types });
    if (before !== this.#before || kind !== this.kind()) return;
    this.isNewest.set(before === null);
    if (answer.ok) this.#show(answer.data.siteHistory);
    else this.failure.set(answer.failure);
  }

  #show(page: SitePage): void {
    this.page.set(page);
    this.isRecorded.update((before) => page.isRecorded ?? before);
  }
}

function lookedAtSession({ type, payload, unreadable }: SitePage['events'][number]): string | null {
  if (type !== 'SessionReplayed' || unreadable) return null;
  return String((payload as { readonly sessionId?: unknown }).sessionId);
}
