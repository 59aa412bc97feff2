import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatMenuModule } from '@angular/material/menu';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { ColorSchemeMenu, Icon, LanguageMenu, injectTexts } from '@deskside/ui';
import { CommandDialogs } from '../commands/command-dialogs';
import { KeyCaps } from '../commands/key-caps';
import { NewSession } from '../console/new-session/new-session';
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
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './header.html',
  styleUrl: './header.scss',
})
export class Header {
  protected readonly t = injectTexts();
  protected readonly person = inject(SignedInPerson);
  protected readonly newSession = inject(NewSession);
  protected readonly dialogs = inject(CommandDialogs);
  protected readonly account = inject(AccountActions);
  protected readonly narrow = inject(NarrowMenu);
  readonly #pages = computed(() => pagesFor((permission) => this.person.may(permission)));
  protected readonly work = computed(() => this.#pages().filter((page) => page.group === 'work'));
  protected readonly menus = computed(() =>
    menuGroups
      .map((name) => ({ name, pages: this.#pages().filter((page) => page.group === name) }))
      .filter(({ pages }) => pages.length > 0),
  );
}
