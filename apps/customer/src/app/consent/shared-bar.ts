import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { Grant, KnownSession } from '@deskside/domain';
import { ShareBar, injectTexts } from '@deskside/ui';
import { injectNames } from '../people/names';
import { ScreenSharing } from './screen-sharing';

/** While somebody sees my screen: a red frame around the page and a red bar on top with the one Stop. */
@Component({
  selector: 'ds-shared-bar',
  imports: [ShareBar],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="frame" aria-hidden="true"></div>
    <ds-share-bar
      [sentence]="sentence()"
      [since]="grant().grantedAt"
      [note]="sharing.isInterrupted() ? t('share.interrupted') : null"
      (stop)="sharing.stop(grant().id)"
    />
  `,
  styles: `
    :host {
      position: sticky;
      inset-block-start: 0;
      z-index: 20;
      flex: none;
    }
    .frame {
      position: fixed;
      inset: 0;
      z-index: 100;
      border: 5px solid var(--ds-shared);
      pointer-events: none;
    }
    ds-share-bar {
      --mat-button-filled-container-height: 44px;

      padding: 8px 20px;
    }
    @media (max-width: 480px) {
      ds-share-bar {
        padding: 8px 14px;
      }
    }
  `,
})
export class SharedBar {
  readonly grant = input.required<Grant>();
  readonly session = input.required<KnownSession>();

  protected readonly t = injectTexts();
  protected readonly sharing = inject(ScreenSharing);
  readonly #names = injectNames();
  protected readonly sentence = computed(() => {
    const { grantees } = this.grant();
    return this.t('share.seen', { count: grantees.length, names: this.#names.all(grantees, this.session()) });
  });
}
