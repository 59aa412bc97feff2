import {
  ChangeDetectionStrategy,
  Component,
  DOCUMENT,
  DestroyRef,
  ElementRef,
  afterRenderEffect,
  computed,
  inject,
  input,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Icon } from '../icons/icon';
import { injectTexts } from '../localization/texts';
import type { ChatEntry } from './chat-entries';
import { ChatEvent } from './chat-event';
import { ChatMessage } from './chat-message';

/** So near to the end that the newest line can be read. */
const nearEnd = 48;

/** The lines. Whoever reads further up is not moved: what is new waits behind "3 new". */
@Component({
  selector: 'ds-chat-log',
  imports: [ChatEvent, ChatMessage, Icon, MatButtonModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './chat-log.html',
  styleUrl: './chat-log.scss',
})
export class ChatLog {
  readonly entries = input.required<readonly ChatEntry[]>();
  readonly mayTakeBack = input(true);
  readonly takingBack = input<ReadonlySet<string>>(new Set());

  readonly takeBack = output<string>();
  readonly edit = output<string>();
  readonly discard = output<string>();
  /** The newest revision that has been before the person's eyes. */
  readonly readUpTo = output<number>();

  protected readonly t = injectTexts();
  readonly #document = inject(DOCUMENT);
  private readonly scroller = viewChild.required<ElementRef<HTMLElement>>('scroller');
  readonly #atEnd = signal(true);
  readonly #seenAtEnd = signal(0);

  readonly #fromOthers = computed(() => this.entries().filter((e) => e.kind === 'line' && !e.mine).length);
  protected readonly below = computed(() => (this.#atEnd() ? 0 : Math.max(0, this.#fromOthers() - this.#seenAtEnd())));

  constructor() {
    afterRenderEffect(() => this.#follow(this.entries()));
    this.#watchSize();
    const noteReading = (): void => this.#noteReading();
    const window = this.#document.defaultView;
    window?.addEventListener('focus', noteReading);
    this.#document.addEventListener('visibilitychange', noteReading);
    inject(DestroyRef).onDestroy(() => {
      window?.removeEventListener('focus', noteReading);
      this.#document.removeEventListener('visibilitychange', noteReading);
    });
  }

  protected noteScroll(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller().nativeElement;
    this.#atEnd.set(scrollHeight - scrollTop - clientHeight < nearEnd);
    if (this.#atEnd()) this.#arriveAtEnd();
  }

  protected showNewest(): void {
    const scroller = this.scroller().nativeElement;
    scroller.scrollTop = scroller.scrollHeight;
    this.#atEnd.set(true);
    this.#arriveAtEnd();
  }

  #follow(entries: readonly ChatEntry[]): void {
    const last = entries.at(-1);
    const justWritten = last?.kind === 'line' && last.unsent !== null && last.unsent.refused === null;
    if (untracked(this.#atEnd) || justWritten) this.showNewest();
  }

  #arriveAtEnd(): void {
    this.#seenAtEnd.set(untracked(this.#fromOthers));
    this.#noteReading();
  }

  #noteReading(): void {
    const { visibilityState } = this.#document;
    if (!untracked(this.#atEnd) || visibilityState !== 'visible' || !this.#document.hasFocus()) return;
    const revisions = untracked(this.entries).map(({ revision }) => revision ?? -1);
    if (revisions.length > 0) this.readUpTo.emit(Math.max(...revisions));
  }

  /** A keyboard that opens on a phone, or a window made smaller, must not hide the newest line. */
  #watchSize(): void {
    if (typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => {
      if (untracked(this.#atEnd)) this.showNewest();
    });
    afterRenderEffect(() => observer.observe(this.scroller().nativeElement));
    inject(DestroyRef).onDestroy(() => observer.disconnect());
  }
}
