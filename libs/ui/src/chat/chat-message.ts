import { NgTemplateOutlet } from '@angular/common';
import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  computed,
  effect,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Icon } from '../icons/icon';
import { injectTexts } from '../localization/texts';
import { PersonName } from '../people/person-name';
import { isolated, languageOfName, lossOf, readable, shownText } from '../people/person-text';
import { sentenceFor } from '../refusals/refusal-sentence';
import { Time } from '../times/time';
import { Writes } from '../write-refusal/writes';
import type { LineEntry } from './chat-entries';
import { LineWait } from './line-wait';

/** One line of chat: text as it was typed and nothing else, in its own direction. */
@Component({
  selector: 'ds-chat-message',
  imports: [Icon, LineWait, MatButtonModule, NgTemplateOutlet, PersonName, Time, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class.mine]': 'entry().mine', '[class.begins]': 'entry().begins', '[class.open]': 'open()' },
  templateUrl: './chat-message.html',
  styleUrl: './chat-message.scss',
})
export class ChatMessage {
  readonly entry = input.required<LineEntry>();
  readonly mayTakeBack = input(true);
  /** Under way to the server. */
  readonly takingBack = input(false);

  readonly takeBack = output();
  readonly edit = output();
  readonly discard = output();

  protected readonly t = injectTexts();
  protected readonly asking = signal(false);
  /** Touched: where nothing can hover, this shows what can be done with the line. */
  protected readonly open = signal(false);
  private readonly keep = viewChild('keep', { read: ElementRef<HTMLElement> });

  protected readonly text = computed(() => readable(this.entry().text));
  /** Key of what stands in the place of the text. */
  protected readonly goneKey = computed(() => {
    const { text } = this.entry();
    if (text === null) return 'chat.takenBack';
    return lossOf(text) === 'unreadable' ? 'chat.unreadable' : 'chat.erased';
  });
  protected readonly language = computed(() => languageOfName(this.text() ?? ''));
  protected readonly canBeTakenBack = computed(() => {
    const { mine, unsent } = this.entry();
    return this.mayTakeBack() && !this.takingBack() && mine && unsent === null && this.text() !== null;
  });
  protected readonly privacy = computed(() => {
    const { privateWith, mine } = this.entry();
    if (privateWith === null) return null;
    const name = isolated(shownText(privateWith.name, this.t));
    return mine ? this.t('chat.privately', { name }) : this.t('chat.privatelyToYou');
  });
  protected readonly refusal = computed(() => {
    const refused = this.entry().unsent?.refused ?? null;
    return refused === null ? null : sentenceFor(refused, this.t);
  });

  constructor() {
    // The harmless answer has the focus.
    effect(() => this.keep()?.nativeElement.focus());
  }

  protected confirm(): void {
    this.asking.set(false);
    this.takeBack.emit();
  }
}
