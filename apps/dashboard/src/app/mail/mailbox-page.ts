import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatButtonModule } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import {
  Empty,
  ErrorMessage,
  FeedRefused,
  Icon,
  PersonName,
  Skeleton,
  Time,
  failureOf,
  injectTexts,
  languageOfName,
} from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { DevelopmentMailCaughtDocument, DevelopmentMailboxDocument } from '../../generated/graphql';
import type { DevelopmentMailboxQuery } from '../../generated/graphql';
import { Page } from '../page/page';
import { StaffRequests } from '../sign-in/staff-requests';
import { linkedText } from './linked-text';
import { MailFacts } from './mail-facts';

type Mail = DevelopmentMailboxQuery['developmentMailbox']['mails'][number];

/** What the site wrote while no mail server was set: each mail as its reader would have it, its links pressable. */
@Component({
  selector: 'ds-mailbox-page',
  imports: [Empty, ErrorMessage, Icon, MatButtonModule, Page, PersonName, RouterLink, Skeleton, Time],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './mailbox-page.html',
  styleUrl: './mailbox-page.scss',
})
export class MailboxPage {
  protected readonly t = injectTexts();
  protected readonly facts = inject(MailFacts);
  protected readonly mails = signal<readonly Mail[] | null>(null);
  protected readonly failure = signal<Failure | null>(null);
  readonly #chosen = signal<string | null>(null);
  /** The mail that is open: the one chosen, as long as it is there, else none. */
  protected readonly open = computed<Mail | null>(() => this.mails()?.find(({ id }) => id === this.#chosen()) ?? null);
  protected readonly pieces = computed(() => linkedText(this.open()?.text ?? ''));
  /** Each invitation is in its customer's language; null leaves the page's. */
  protected readonly language = computed(() => languageOfName(this.open()?.text ?? ''));
  readonly #requests = inject(StaffRequests);

  constructor() {
    // The first word of the feed asks for the mailbox: opening it is recorded once.
    this.#requests
      .watch(DevelopmentMailCaughtDocument, {})
      .pipe(takeUntilDestroyed())
      .subscribe({
        next: ({ developmentMailCaught }) => (developmentMailCaught ? void this.read() : undefined),
        error: (error: unknown) => this.failure.set(error instanceof FeedRefused ? error.failure : failureOf(error)),
      });
  }

  protected choose(mail: Mail | null): void {
    this.#chosen.set(mail?.id ?? null);
  }

  protected async read(): Promise<void> {
    const answer = await this.#requests.ask(DevelopmentMailboxDocument, {});
    this.failure.set(answer.ok ? null : answer.failure);
    if (answer.ok) this.mails.set([...answer.data.developmentMailbox.mails].sort(newestFirst));
  }
}

function newestFirst(a: Mail, b: Mail): number {
  return Date.parse(b.at) - Date.parse(a.at);
}
