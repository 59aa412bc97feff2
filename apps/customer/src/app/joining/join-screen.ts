import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  ElementRef,
  computed,
  effect,
  inject,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { formatSessionNumber, nameLimit, parseName, parseSessionNumber } from '@deskside/domain';
import { ErrorMessage, ServerConnection, WriteRefusalLine, Writes, injectTexts, sentenceFor } from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { Admission } from '../admission/admission';
import { numberInAddress } from '../admission/number-in-address';
import { PageHeader } from '../page/page-header';
import { ScreenHeading } from '../page/screen-heading';
import { Brake } from '../reporting/brake';
import { Site } from '../site/site';
import { digitsIn } from './digits';
import { Preview } from './preview';
import { Privacy } from './privacy';
import { WhoAsksCard } from './who-asks-card';

/** The first page: whose support this is, a warning, the number and then who asks, a name, and what becomes of both. */
@Component({
  selector: 'ds-join-screen',
  imports: [
    ...[
      Brake,
      ErrorMessage,
      MatButtonModule,
      PageHeader,
      Privacy,
      ScreenHeading,
      WhoAsksCard,
      WriteRefusalLine,
      Writes,
    ],
  ],
  providers: [Preview],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './join-screen.html',
  styleUrls: ['../page/screen.scss', './join-screen.scss'],
})
export class JoinScreen {
  protected readonly t = injectTexts();
  protected readonly site = inject(Site);
  protected readonly connection = inject(ServerConnection).state;
  protected readonly nameLimit = nameLimit;
  protected readonly preview = inject(Preview);
  readonly #admission = inject(Admission);
  private readonly numberField = viewChild.required<ElementRef<HTMLInputElement>>('numberField');
  private readonly nameField = viewChild.required<ElementRef<HTMLInputElement>>('nameField');

  protected readonly number = signal(numberFromLink());
  protected readonly name = signal('');
  /** Written whole: from then on it can be asked about and reported. */
  readonly #whole = computed(() => parseSessionNumber(this.number()));
  protected readonly reportable = computed(() => {
    const number = this.#whole();
    return number === null ? null : { number };
  });
  protected readonly failure = signal<Failure | null>(null);
  protected readonly wrong = signal<'number' | 'name' | null>(null);
  protected readonly joining = signal<AbortController | null>(null);
  protected readonly numberComplaint = computed(() =>
    this.wrong() === 'number' ? this.t('join.numberWrong', { count: digitsIn(this.number()) }) : null,
  );
  protected readonly nameComplaint = computed(() => {
    const parsed = parseName(this.name());
    return this.wrong() !== 'name' || parsed.ok ? null : sentenceFor({ kind: 'refused', ...parsed.refusal }, this.t);
  });

  constructor() {
    effect(() => {
      const number = this.#whole();
      untracked(() => (number === null ? this.preview.forget() : void this.preview.ofNumber(number)));
    });
    const fill = (): void => this.number.update((before) => numberFromLink() || before);
    window.addEventListener('hashchange', fill);
    inject(DestroyRef).onDestroy(() => {
      window.removeEventListener('hashchange', fill);
      this.joining()?.abort();
    });
  }

  protected typeNumber(event: Event): void {
    this.number.set((event.target as HTMLInputElement).value);
    this.#forgetComplaints();
  }

  protected typeName(event: Event): void {
    this.name.set((event.target as HTMLInputElement).value);
    this.#forgetComplaints();
  }

  /** Shows a whole number as people read it aloud. */
  protected group(): void {
    const number = this.#whole();
    if (number !== null) this.number.set(formatSessionNumber(number));
  }

  protected async join(): Promise<void> {
    if (this.joining() !== null) return;
    const number = this.#whole();
    const name = parseName(this.name());
    if (number === null) return this.#complain('number');
    if (!name.ok) return this.#complain('name');
    // Nobody joins without having been told who asks: the press after that counts.
    if (this.preview.state().at !== 'known') return void this.preview.ofNumber(number);
    this.failure.set(null);
    await this.#joinAs(number, name.name);
  }

  protected cancel(): void {
    this.joining()?.abort();
    this.joining.set(null);
  }

  async #joinAs(number: string, name: string): Promise<void> {
    const attempt = new AbortController();
    this.joining.set(attempt);
    try {
      const answer = await this.#admission.join(number, name, attempt.signal);
      if (!answer.ok) this.failure.set(answer.failure);
    } catch (error) {
      if (!attempt.signal.aborted) throw error;
    } finally {
      if (this.joining() === attempt) this.joining.set(null);
    }
  }

  #complain(field: 'number' | 'name'): void {
    this.wrong.set(field);
    (field === 'number' ? this.numberField() : this.nameField()).nativeElement.focus();
  }

  #forgetComplaints(): void {
    this.wrong.set(null);
    this.failure.set(null);
  }
}

function numberFromLink(): string {
  const number = numberInAddress();
  return number === null ? '' : formatSessionNumber(number);
}
