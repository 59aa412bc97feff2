import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import { injectTexts } from '@deskside/ui';
import { SiteFacts } from '../site-settings/site-facts';
import { EntryPage } from './entry-page';
import { ownPage } from './guards';
import { SignInForm } from './sign-in-form';

/** Where a member of staff comes in; `next` is the page that was asked for. */
@Component({
  selector: 'ds-sign-in-page',
  imports: [EntryPage, SignInForm],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ds-entry-page [brand]="brand()">
      <h1>{{ t('signIn.title') }}</h1>
      <ds-sign-in-form (signedIn)="goOn()" />
      <p class="forgotten">{{ t('signIn.forgotten') }}</p>
    </ds-entry-page>
  `,
  styles: `
    h1 {
      font-size: var(--ds-title);
    }
    .forgotten {
      color: var(--ds-text-2);
      font-size: var(--ds-small);
    }
  `,
})
export class SignInPage {
  readonly next = input<string>();

  protected readonly t = injectTexts();
  readonly #site = inject(SiteFacts).site;
  readonly #router = inject(Router);
  protected readonly brand = computed(() => this.#site()?.name ?? 'Deskside');

  protected goOn(): void {
    void this.#router.navigateByUrl(ownPage(this.next()), { replaceUrl: true });
  }
}
