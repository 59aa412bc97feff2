import { ChangeDetectionStrategy, Component, ElementRef, computed, inject, viewChild } from '@angular/core';
import {
  ConnectionBar,
  LanguageOffer,
  Localization,
  Skeleton,
  WriteRefusalLine,
  followWriteRefusal,
  injectTexts,
} from '@deskside/ui';
import { WriteRefusalDocument } from '../generated/graphql';
import { Admission } from './admission/admission';
import { InvitationInAddress } from './admission/invitation-in-address';
import { InvitedScreen } from './joining/invited-screen';
import { JoinScreen } from './joining/join-screen';
import { PageHeader } from './page/page-header';
import { PageTitle } from './page/page-title';
import { ReportedScreen } from './reporting/reported-screen';
import { Place } from './session/place';
import { Site } from './site/site';

@Component({
  selector: 'ds-root',
  imports: [
    ConnectionBar,
    InvitedScreen,
    JoinScreen,
    LanguageOffer,
    PageHeader,
    Place,
    ReportedScreen,
    Skeleton,
    WriteRefusalLine,
  ],
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
  protected readonly invitations = computed(() => {
    const state = this.state();
    return state.status === 'invited' ? [state.link] : [];
  });
  protected readonly isEndedByReport = computed(() => {
    const state = this.state();
    return state.status === 'reported' && state.ended;
  });
  private readonly content = viewChild.required<ElementRef<HTMLElement>>('content');

  constructor() {
    inject(PageTitle);
    followWriteRefusal(WriteRefusalDocument);
    void inject(Site).load();
    const link = inject(InvitationInAddress).take();
    if (link !== null) void inject(Localization).useUnlessChosen(link.locale);
    void this.#admission.comeBack(link);
  }

  protected skipToContent(event: Event): void {
    event.preventDefault();
    this.content().nativeElement.focus();
  }
}
