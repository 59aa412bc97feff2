import { ChangeDetectionStrategy, Component, ElementRef, computed, inject, viewChild } from '@angular/core';
import { ConnectionBar, LanguageOffer, Skeleton, injectTexts } from '@deskside/ui';
import { Admission } from './admission/admission';
import { JoinScreen } from './joining/join-screen';
import { PageHeader } from './page/page-header';
import { PageTitle } from './page/page-title';
import { Place } from './session/place';
import { Site } from './site/site';

@Component({
  selector: 'ds-root',
  imports: [ConnectionBar, JoinScreen, LanguageOffer, PageHeader, Place, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './app.html',
  styleUrl: './app.scss',
})
export class App {
  protected readonly t = injectTexts();
  readonly #admission = inject(Admission);
  protected readonly state = this.#admission.state;
  protected readonly places = computed(() => {
    const state = this.state();
    return state.status === 'admitted' ? [state] : [];
  });
  private readonly content = viewChild.required<ElementRef<HTMLElement>>('content');

  constructor() {
    inject(PageTitle);
    void inject(Site).load();
    void this.#admission.comeBack();
  }

  protected skipToContent(event: Event): void {
    event.preventDefault();
    this.content().nativeElement.focus();
  }
}
