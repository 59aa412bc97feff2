import { Injectable, computed, effect, inject, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { TitleStrategy } from '@angular/router';
import type { RouterStateSnapshot } from '@angular/router';
import { injectTexts } from '@deskside/ui';
import { OpenSessions } from '../console/open-sessions/open-sessions';

/** The window's title: how much waits in the sessions, then the page, in the language of the moment. */
@Injectable({ providedIn: 'root' })
export class PageTitle extends TitleStrategy {
  readonly #title = inject(Title);
  readonly #sessions = inject(OpenSessions);
  readonly #t = injectTexts();
  readonly #page = signal<string | undefined>(undefined);

  readonly #shown = computed(() => {
    const page = this.#page();
    const title = page === undefined ? this.#t('app.name') : this.#t('shell.pageTitle', { page: this.#t(page) });
    const count = this.#sessions.waitingForMe();
    return count === 0 ? title : this.#t('shell.titleCount', { count, title });
  });

  constructor() {
    super();
    effect(() => this.#title.setTitle(this.#shown()));
  }

  override updateTitle(snapshot: RouterStateSnapshot): void {
    this.#page.set(this.buildTitle(snapshot));
  }
}
