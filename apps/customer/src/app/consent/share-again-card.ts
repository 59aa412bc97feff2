import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { Grant, KnownSession } from '@deskside/domain';
import { Icon, IgnoreKeysAtFirst, Writes, injectTexts } from '@deskside/ui';
import { ResumePermissionDocument } from '../../generated/graphql';
import { Media } from '../media/media';
import { injectNames } from '../people/names';
import { CustomerSession } from '../session/customer-session';
import { ScreenSharing } from './screen-sharing';

/** What was shared ended with its page or in the browser: the person may take it up again, without being asked anew. */
@Component({
  selector: 'ds-share-again-card',
  imports: [Icon, IgnoreKeysAtFirst, MatButtonModule, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <section class="card" role="alertdialog" aria-labelledby="share-again" aria-describedby="share-again-what">
      <h2 id="share-again">{{ t('shareAgain.' + grant().ended?.how) }}</h2>
      @if (complaint(); as key) {
        <p class="complaint" role="alert"><ds-icon name="warning" />{{ t(key) }}</p>
      }
      <p id="share-again-what">{{ t('shareAgain.what', { names: viewers() }) }}</p>
      <div class="acts">
        <button matButton="outlined" type="button" dsIgnoreKeysAtFirst (click)="sharing.decline(grant().id)">
          {{ t('shareAgain.no') }}
        </button>
        <button
          matButton="filled"
          type="button"
          dsWrites
          dsIgnoreKeysAtFirst
          [disabled]="isChoosing() || media.parts() === null"
          disabledInteractive
          (click)="shareAgain()"
        >
          {{ t('shareAgain.yes') }}
        </button>
      </div>
    </section>
  `,
  styleUrls: ['../page/screen.scss', './card.scss'],
})
export class ShareAgainCard {
  readonly grant = input.required<Grant>();
  readonly session = input.required<KnownSession>();

  protected readonly t = injectTexts();
  protected readonly media = inject(Media);
  protected readonly sharing = inject(ScreenSharing);
  readonly #customer = inject(CustomerSession);
  readonly #names = injectNames();
  protected readonly isChoosing = signal(false);
  protected readonly viewers = computed(() => this.#names.all(this.grant().grantees, this.session()));
  protected readonly complaint = computed(() => {
    const problem = this.sharing.problem();
    return problem?.kind === 'notChosen' ? `choice.${problem.reason}` : null;
  });

  /** In the click: the browser opens its dialog in no other moment. */
  protected async shareAgain(): Promise<void> {
    const picking = this.sharing.pick();
    const { id: endedGrantId, grantees } = this.grant();
    this.isChoosing.set(true);
    const picked = await picking;
    if (!picked.ok) this.sharing.problem.set({ kind: 'notChosen', reason: picked.reason });
    else
      await this.sharing.show(picked, grantees, (commandId) =>
        this.#customer.act(ResumePermissionDocument, { commandId, endedGrantId, surface: picked.surface }),
      );
    this.isChoosing.set(false);
  }
}
