import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButtonModule } from '@angular/material/button';
import { MatMenuModule } from '@angular/material/menu';
import { NavigationEnd, Router, RouterLink, RouterLinkActive } from '@angular/router';
import { ColorSchemeMenu, Icon, LanguageMenu, Writes, injectTexts } from '@deskside/ui';
import { filter } from 'rxjs';
import { CommandDialogs } from '../commands/command-dialogs';
import { KeyCaps } from '../commands/key-caps';
import { NewSession } from '../console/new-session/new-session';
import { OpenSessions } from '../console/open-sessions/open-sessions';
import { SessionTabs } from '../console/open-sessions/session-tabs';
import { SignedInPerson } from '../sign-in/signed-in-person';
import { AccountActions } from './account-actions';
import { AccountMenu } from './account-menu';
import { NarrowMenu } from './narrow-menu';
import { menuGroups, pagesFor } from './pages';

/** The top line: where one can go, which sessions are open, and what is one's own. */
@Component({
  selector: 'ds-header',
  imports: [
    AccountMenu,
    ColorSchemeMenu,
    Icon,
    KeyCaps,
    LanguageMenu,
    MatButtonModule,
    MatMenuModule,
    RouterLink,
    RouterLinkActive,
    SessionTabs,
    Writes,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class.many]': 'sessions.all().length > 3' },
  templateUrl: './header.html',
  styleUrl: './header.scss',
})
export class Header {
  protected readonly t = injectTexts();
  protected readonly person = inject(SignedInPerson);
  protected readonly sessions = inject(OpenSessions);
  protected readonly newSession = inject(NewSession);
  protected readonly dialogs = inject(CommandDialogs);
  protected readonly account = inject(AccountActions);
  protected readonly narrow = inject(NarrowMenu);
  readonly #router = inject(Router);
  readonly #navigated = toSignal(this.#router.events.pipe(filter((event) => event instanceof NavigationEnd)));
  readonly #pages = computed(() => pagesFor((permission) => this.person.may(permission)));
  protected readonly work = computed(() => this.#pages().filter((page) => page.group === 'work'));
  protected readonly menus = computed(() =>
    menuGroups
      .map((name) => ({ name, pages: this.#pages().filter((page) => page.group === name) }))
      .filter(({ pages }) => pages.length > 0)
      .map((group) => ({ ...group, on: group.pages.some(({ path }) => this.#isAt(path)) })),
  );

  #isAt(path: string): boolean {
    return (this.#navigated()?.urlAfterRedirects ?? this.#router.url).startsWith(path);
  }
}
