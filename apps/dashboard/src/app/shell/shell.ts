import { ChangeDetectionStrategy, Component, DestroyRef, effect, inject } from '@angular/core';
import { Router, RouterOutlet } from '@angular/router';
import { injectTexts } from '@deskside/ui';
import { AlertBanner } from '../alerts/alert-banner';
import { Shortcuts } from '../commands/shortcuts';
import { KeptOutboxes } from '../console/session/kept-outboxes';
import { KeepFocus } from '../focus/keep-focus';
import { LogBanner } from '../log-state/log-banner';
import { MailBanner } from '../mail/mail-banner';
import { SignedInPerson } from '../sign-in/signed-in-person';
import { Header } from './header';
import { offerShellCommands } from './shell-commands';

/** What surrounds every page of somebody who is signed in. */
@Component({
  selector: 'ds-shell',
  imports: [AlertBanner, Header, KeepFocus, LogBanner, MailBanner, RouterOutlet],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <a class="ds-skip-link" href="#content" (click)="focusContent($event, content)">{{ t('app.skipToContent') }}</a>
    <ds-header />
    <ds-log-banner />
    <ds-alert-banner />
    <ds-mail-banner />
    <main #content id="content" tabindex="-1" dsKeepFocus><router-outlet /></main>
  `,
  styleUrl: './shell.scss',
})
export class Shell {
  protected readonly t = injectTexts();
  readonly #person = inject(SignedInPerson);
  readonly #router = inject(Router);

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
