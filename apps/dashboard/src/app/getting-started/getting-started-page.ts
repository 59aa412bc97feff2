import { ChangeDetectionStrategy, Component, computed, effect, inject, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import type { Permission } from '@deskside/domain';
import { Icon, Skeleton, Writes, injectTexts } from '@deskside/ui';
import { NewSession } from '../console/new-session/new-session';
import { OpenSessions } from '../console/open-sessions/open-sessions';
import { CopyButton } from '../copying/copy-button';
import { SignedInPerson } from '../sign-in/signed-in-person';
import { SiteFacts } from '../site-settings/site-facts';
import { GettingStartedSteps, stepNames } from './getting-started-steps';
import type { StepName } from './getting-started-steps';

const needed: Readonly<Record<StepName, Permission>> = {
  siteNamed: 'site.configure',
  colleagueInvited: 'account.manage',
  sessionStarted: 'session.start',
  customerJoined: 'session.start',
};

/** The first screen: four steps that end in a real session with oneself. Each ticks itself off when it is done. */
@Component({
  selector: 'ds-getting-started-page',
  imports: [CopyButton, Icon, MatButtonModule, RouterLink, Skeleton, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './getting-started-page.html',
  styleUrl: './getting-started-page.scss',
})
export class GettingStartedPage {
  protected readonly t = injectTexts();
  protected readonly newSession = inject(NewSession);
  protected readonly customerUrl = computed(() => this.#site()?.customerUrl ?? '');
  protected readonly loaded = computed(() => this.#progress.steps() !== null);
  protected readonly allDone = computed(() => this.#progress.allDone());
  readonly #progress = inject(GettingStartedSteps);
  readonly #person = inject(SignedInPerson);
  readonly #sessions = inject(OpenSessions);
  readonly #site = inject(SiteFacts).site;

  /** The newest session that still waits for its customer. */
  protected readonly waiting = computed(() =>
    this.#sessions
      .live()
      .findLast((session) => session.session().status === 'open' && session.customers().length === 0),
  );
  protected readonly doneCount = computed(() => this.steps().filter(({ done }) => done).length);
  protected readonly steps = computed(() => {
    const known = this.#progress.steps();
    const steps = stepNames.map((name) => ({
      name,
      done: known?.[name] ?? false,
      mine: this.#person.may(needed[name]),
    }));
    const next = steps.find(({ done, mine }) => !done && mine)?.name;
    return steps.map((step) => ({ ...step, next: step.name === next }));
  });

  constructor() {
    // Whatever changes in my sessions may have been a step; the other two are done on pages from which one comes back.
    effect(() => {
      this.#sessions.all().forEach((session) => session.customers());
      untracked(() => void this.#progress.refresh());
    });
  }
}
