import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  ElementRef,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { parseName } from '@deskside/domain';
import { ErrorMessage, Skeleton, WriteRefusalLine, Writes, injectTexts, sentenceFor } from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { Admission } from '../admission/admission';
import { InvitationInAddress } from '../admission/invitation-in-address';
import type { InvitationLink } from '../admission/invitation-in-address';
import { PageHeader } from '../page/page-header';
import { ScreenHeading } from '../page/screen-heading';
import { Brake } from '../reporting/brake';
import { Preview } from './preview';
import { Privacy } from './privacy';
import { WhoAsksCard } from './who-asks-card';

/** What to do next, by the reason why a link lets nobody in. */
const nextSteps: Readonly<Record<string, string>> = {
  INVITATION_USED: 'invited.nextUsed',
  INVITATION_WITHDRAWN: 'invited.nextOther',
  SESSION_ENDED: 'invited.nextEnded',
  INVITATION_NOT_VALID: 'invited.nextNotValid',
};

/** The page behind an invitation's link: who asks and why, then one press. */
@Component({
  selector: 'ds-invited-screen',
  imports: [
    ...[Brake, ErrorMessage, MatButtonModule, PageHeader, WriteRefusalLine],
    ...[Privacy, ScreenHeading, Skeleton, WhoAsksCard, Writes],
  ],
  providers: [Preview],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './invited-screen.html',
  styleUrls: ['../page/screen.scss', './join-screen.scss'],
})
export class InvitedScreen {
  readonly link = input.required<InvitationLink>();

  protected readonly t = injectTexts();
  protected readonly admission = inject(Admission);
  protected readonly preview = inject(Preview);
  private readonly nameField = viewChild<ElementRef<HTMLInputElement>>('nameField');

  /** The link lets nobody in any more, whenever one tries. */
  protected readonly isOver = computed(() => {
    const state = this.preview.state();
    return state.at === 'refused' && state.failure.kind === 'refused' && state.failure.code in nextSteps;
  });
  protected readonly name = linkedSignal(() => {
    const state = this.preview.state();
    return state.at === 'known' ? (state.whoAsks.customerName ?? '') : '';
  });
  protected readonly failure = signal<Failure | null>(null);
  protected readonly joining = signal<AbortController | null>(null);
  readonly #wrong = signal(false);
  protected readonly complaint = computed(() => {
    const parsed = parseName(this.name());
    return !this.#wrong() || parsed.ok ? null : sentenceFor({ kind: 'refused', ...parsed.refusal }, this.t);
  });

  constructor() {
    effect(() => {
      const { token } = this.link();
      untracked(() => void this.preview.ofLink(token));
    });
    const address = inject(InvitationInAddress);
    effect(() => {
      // Who opens the address once more is not led back to a link that is over.
      if (this.isOver()) address.forget();
    });
    inject(DestroyRef).onDestroy(() => {
      this.joining()?.abort();
      this.preview.forget();
    });
  }

  protected typeName(event: Event): void {
    this.name.set((event.target as HTMLInputElement).value);
    this.#wrong.set(false);
  }

  protected next(failure: Failure): string {
    return (failure.kind === 'refused' ? nextSteps[failure.code] : undefined) ?? 'invited.nextOther';
  }

  protected async join(): Promise<void> {
    if (this.joining() !== null) return;
    const name = this.name().trim();
    if (name !== '' && !parseName(name).ok) {
      this.#wrong.set(true);
      return this.nameField()?.nativeElement.focus();
    }
    const attempt = new AbortController();
    this.joining.set(attempt);
    this.failure.set(null);
    const answer = await this.admission.joinByLink(this.link().token, name, attempt.signal).catch(() => null);
    this.joining.set(null);
    if (answer?.ok === false) this.failure.set(answer.failure);
  }
}
