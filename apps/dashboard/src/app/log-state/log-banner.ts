import { ChangeDetectionStrategy, Component, DOCUMENT, computed, inject } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import { MatButtonModule } from '@angular/material/button';
import { NavigationEnd, Router, RouterLink } from '@angular/router';
import { CurrentWriteRefusal, Icon, ServerConnection, injectTexts } from '@deskside/ui';
import { EMPTY, filter, fromEvent, interval, merge, switchMap, take } from 'rxjs';
import type { Observable } from 'rxjs';
import { writePlace } from '../audit/session-history/history-place';
import { SignedInPerson } from '../sign-in/signed-in-person';
import { SiteFacts } from '../site-settings/site-facts';
import { damageSentence } from './damage';

/** A list is made again in minutes at most. */
const whileUnknown = { everyMs: 5_000, times: 60 } as const;

/** Above every page while nothing can be written: what is so, and what whoever reads it can do about it. */
@Component({
  selector: 'ds-log-banner',
  imports: [Icon, MatButtonModule, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'alert' },
  template: `
    @if (refusal(); as code) {
      <div class="banner">
        <ds-icon name="warning" />
        <div class="said">
          <p>
            <b>{{ t('logBanner.' + code) }}</b>
            @if (damage(); as sentence) {
              {{ sentence }}
            }
          </p>
          <p>{{ next() }}</p>
          @if (reason(); as sentences) {
            <details>
              <summary>{{ t('logBanner.exactly') }}</summary>
              <p lang="en">{{ sentences }}</p>
            </details>
          }
        </div>
        @if (history(); as place) {
          <a matButton="outlined" [routerLink]="['/audit/sessions', place]">{{ t('logBanner.toHistory') }}</a>
        }
      </div>
    }
  `,
  styles: `
    .banner {
      display: flex;
      flex-wrap: wrap;
      align-items: flex-start;
      gap: 4px 12px;
      padding: 8px 16px;
      border-block-end: 1px solid var(--ds-warn);
      background: var(--ds-warn-soft);
    }
    ds-icon {
      margin-block-start: 0.15em;
      color: var(--ds-warn);
    }
    .said {
      flex: 1 1 14em;
    }
    p {
      overflow-wrap: anywhere;
      text-wrap: pretty;
    }
    summary {
      cursor: pointer;
    }
  `,
})
export class LogBanner {
  protected readonly t = injectTexts();
  readonly #facts = inject(SiteFacts);
  readonly #person = inject(SignedInPerson);
  protected readonly refusal = inject(CurrentWriteRefusal).code;

  readonly #runsTheSite = computed(() => this.#person.may('site.configure'));
  /** The others cannot look at it, and whoever serves customers need not know more than that nothing can be written. */
  readonly #mayKnow = computed(() => this.#runsTheSite() || this.#person.may('audit.read'));
  readonly #isDamaged = computed(() => this.#mayKnow() && this.refusal() === 'LOG_READ_ONLY');
  readonly #log = computed(() => (this.#isDamaged() ? (this.#facts.site()?.log ?? null) : null));
  protected readonly damage = computed(() => damageSentence(this.#log(), this.t));
  protected readonly next = computed(() =>
    this.#runsTheSite() ? this.t(`logBanner.forAdministrators.${this.refusal()}`) : this.t('logBanner.forOthers'),
  );
  protected readonly reason = computed(() => (this.#runsTheSite() ? (this.#log()?.reason ?? null) : null));
  /** Of a session of which anything is left. */
  protected readonly history = computed(() => {
    const session = this.#log()?.session;
    const isThere = session?.listing === 'listed' && this.#person.may('audit.read');
    return isThere ? writePlace({ sessionId: session.id, revision: null }) : null;
  });

  constructor() {
    const document = inject(DOCUMENT);
    this.#momentsToLook(document)
      .pipe(
        filter(() => this.#isDamaged() && document.visibilityState === 'visible'),
        takeUntilDestroyed(),
      )
      .subscribe(() => void this.#facts.reload());
  }

  /**
   * What the page began with was perhaps said before the sign-in, or before the log was known to be damaged, and a server
   * finds out more as it goes. The question is asked as whoever sits here, and so only in moments that show them there: a
   * page left open keeps nobody signed in.
   */
  #momentsToLook(document: Document): Observable<unknown> {
    const { state } = inject(ServerConnection);
    const isSoHere = computed(() => this.#isDamaged() && state().status === 'online');
    const isUnknown = computed(() => this.#log()?.session?.listing === 'unknown');
    return merge(
      toObservable(isSoHere).pipe(filter(Boolean)),
      inject(Router).events.pipe(filter((event) => event instanceof NavigationEnd)),
      fromEvent(document, 'visibilitychange'),
      toObservable(isUnknown).pipe(
        switchMap((is) => (is ? interval(whileUnknown.everyMs).pipe(take(whileUnknown.times)) : EMPTY)),
      ),
    );
  }
}
