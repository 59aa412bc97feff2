import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { Router } from '@angular/router';
import { Skeleton } from '@deskside/ui';
import { GettingStartedSteps } from '../getting-started/getting-started-steps';
import { SignedInPerson } from '../sign-in/signed-in-person';

/** `/`: the checklist until its four steps are done, then the console; for auditors the search. */
@Component({
  selector: 'ds-first-page',
  imports: [Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<ds-skeleton />`,
  styles: `
    :host {
      display: block;
      padding: 24px;
    }
  `,
})
export class FirstPage {
  constructor() {
    const person = inject(SignedInPerson);
    const router = inject(Router);
    const steps = inject(GettingStartedSteps);
    const go = (path: string): Promise<boolean> => router.navigateByUrl(path, { replaceUrl: true });
    if (!person.may('session.serve')) void go('/audit/sessions');
    else void steps.refresh().then(() => go(steps.allDone() ? '/console' : '/getting-started'));
  }
}
