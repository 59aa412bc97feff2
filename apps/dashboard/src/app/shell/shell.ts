import { ChangeDetectionStrategy, Component, DestroyRef, computed, effect, inject } from '@angular/core';
import { Router, RouterOutlet } from '@angular/router';
import { injectTexts } from '@deskside/ui';
import { AlertBanner } from '../alerts/alert-banner';
import { Shortcuts } from '../commands/shortcuts';
import { KeptOutboxes } from '../console/session/kept-outboxes';
import { KeepFocus } from '../focus/keep-focus';
import { MailBanner } from '../mail/mail-banner';
import { SignedInPerson } from '../sign-in/signed-in-person';
import { SiteFacts } from '../site-settings/site-facts';
import { Header } from './header';
import { offerShellCommands } from './shell-commands';

/** What surrounds every page of somebody who is signed in. */
@Component({
  selector: 'ds-shell',
  imports: [AlertBanner, Header, KeepFocus, MailBanner, RouterOutlet],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <a class="ds-skip-link" href="#content" (click)="focusContent($event, content)">{{ t('app.skipToContent') }}</a>
    <ds-header />
    @if (logTrouble(); as sentence) {
      <p class="log" role="alert">{{ sentence }}</p>
    }
    <ds-alert-banner />
    <ds-mail-banner />
    <main #content id="content" tabindex="-1" dsKeepFocus><router-outlet /></main>
  `,
  styleUrl: './shell.scss',
})
export class Shell {
  protected readonly t = injectTexts();
  readonly #site = inject(SiteFacts).site;
  readonly #person = inject(SignedInPerson);
  readonly #router = inject(Router);

  protected readonly logTrouble = computed(() => {
    const log = this.#site()?.log;
    if (log?.status === 'unavailable') return this.t('app.logUnavailable');
    if (log?.status !== 'damaged') return null;
    const { stream, revision } = log;
    return stream === null || revision === null
      ? this.t('app.logDamagedNowhere')
      : this.t('app.logDamaged', { stream, revision });
  });

  constructor() {
    inject(Shortcuts).listen(inject(DestroyRef));
    offerShellCommands();
    inject(KeptOutboxes);
    effect(() => {
      if (this.#person.me() === null) void this.#router.navigateByUrl('/sign-in');
    });
  }

  /** The address stays: only the focus moves. */
  protected focusContent(click: Event, content: HTMLElement): void {
    click.preventDefault();
    content.focus();
  }
}
