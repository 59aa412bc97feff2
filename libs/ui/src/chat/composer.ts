import { CdkTextareaAutosize } from '@angular/cdk/text-field';
import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  computed,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { chatTextLimit, parseChatText } from '@deskside/domain';
import { Icon } from '../icons/icon';
import { belongsToComposition } from '../keyboard/composition';
import { injectTexts } from '../localization/texts';
import { isolated, shownText } from '../people/person-text';
import { ErrorMessage } from '../refusals/error-message';
import type { Failure } from '../refusals/failure';
import { CurrentWriteRefusal } from '../write-refusal/current-write-refusal';
import { WriteRefusalLine } from '../write-refusal/write-refusal-line';
import { Writes } from '../write-refusal/writes';
import type { Recipient } from './chat-entries';
import { keptDraft } from './draft';

/** From here on the counter shows. */
const counterFrom = chatTextLimit - 200;

/** Where a line is written. What stands here is kept with its session until it is sent. */
@Component({
  selector: 'ds-composer',
  imports: [CdkTextareaAutosize, ErrorMessage, Icon, MatButtonModule, WriteRefusalLine, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './composer.html',
  styleUrl: './composer.scss',
})
export class Composer {
  readonly sessionId = input.required<string>();
  readonly me = input.required<string>();
  readonly recipients = input<readonly Recipient[]>([]);
  /** Stands inside the field: to whom this goes. */
  readonly addressee = input<string | null>(null);
  readonly label = input.required<string>();

  readonly send = output<{ to: string; text: string }>();
  /** Somebody writes to this recipient. */
  readonly typed = output<string>();
  readonly stopped = output();

  protected readonly t = injectTexts();
  protected readonly shownText = shownText;
  private readonly field = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');
  readonly #writeRefusal = inject(CurrentWriteRefusal).code;
  readonly #draft = computed(() => keptDraft(this.sessionId(), this.me()));

  protected readonly text = linkedSignal(() => this.#draft().read()?.text ?? '');
  protected readonly to = linkedSignal(() => this.#draft().read()?.to ?? 'all');
  protected readonly failure = signal<Failure | null>(null);

  readonly isEmpty = computed(() => this.text() === '');
  protected readonly choosesRecipient = computed(() => this.recipients().length > 0 || this.to() !== 'all');
  protected readonly recipientIsGone = computed(() => {
    const to = this.to();
    return to !== 'all' && !this.recipients().some(({ id }) => id === to);
  });
  /** Never names one person while the line goes to more, or to another. */
  protected readonly invitation = computed(() => {
    const to = this.recipients().find(({ id }) => id === this.to());
    if (to !== undefined) return this.t('chat.writeTo', { name: isolated(shownText(to.name, this.t)) });
    return this.choosesRecipient() ? this.t('chat.write') : this.label();
  });
  protected readonly left = computed(() => {
    const length = [...this.text()].length;
    return length < counterFrom ? null : chatTextLimit - length;
  });

  focus(): void {
    this.field().nativeElement.focus();
  }

  /** Puts a line back that was not sent, with the reason when it was refused. */
  restore(line: { readonly to: string; readonly text: string }, failure: Failure | null): void {
    this.#set(line.text, line.to);
    this.failure.set(failure);
  }

  protected type(): void {
    this.#set(this.field().nativeElement.value, this.to());
    this.failure.set(null);
    if (this.isEmpty()) this.stopped.emit();
    else this.typed.emit(this.to());
  }

  /** Half-composed characters are neither a draft nor a sign of typing yet. */
  protected typeUnlessComposing(event: Event): void {
    if (!(event as InputEvent).isComposing) this.type();
  }

  protected chooseRecipient(event: Event): void {
    this.#set(this.text(), (event.target as HTMLSelectElement).value);
    this.failure.set(null);
  }

  protected sendOnEnter(event: KeyboardEvent): void {
    const plain = !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (event.key !== 'Enter' || !plain || belongsToComposition(event)) return;
    event.preventDefault();
    this.sendText();
  }

  protected sendText(): void {
    // What was typed stays: it can be sent as soon as anything can be written again.
    if (this.#writeRefusal() !== null) return this.focus();
    const parsed = parseChatText(this.text());
    if (!parsed.ok) return this.#refuse({ kind: 'refused', ...parsed.refusal });
    if (this.recipientIsGone()) return this.#refuse({ kind: 'refused', code: 'CHAT_RECIPIENT_UNKNOWN' });
    this.send.emit({ to: this.to(), text: parsed.text });
    this.stopped.emit();
    this.#set('', this.to());
    this.failure.set(null);
    this.focus();
  }

  #refuse(failure: Failure & { kind: 'refused' }): void {
    // An empty field explains itself.
    if (failure.code !== 'CHAT_EMPTY') this.failure.set(failure);
    this.focus();
  }

  #set(text: string, to: string): void {
    this.text.set(text);
    // Typed and sent between two frames, the signal ends where it began, and the template would not empty the field.
    const field = this.field().nativeElement;
    if (field.value !== text) field.value = text;
    this.to.set(to);
    this.#draft().write(text === '' && to === 'all' ? null : { text, to });
  }
}
