import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { commandId } from '../connection/command-id';
import { ErrorMessage } from '../refusals/error-message';
import type { Failure } from '../refusals/failure';
import { injectTexts } from '../localization/texts';
import { isolated, readable } from '../people/person-text';
import { Skeleton } from '../placeholders/skeleton';
import type { SessionStore } from '../session-feed/session-store';
import { chatEntries, mayWrite, recipientsFor } from './chat-entries';
import { ChatLog } from './chat-log';
import type { ChatPort } from './chat-port';
import { Composer } from './composer';
import { Outbox } from './outbox';
import { TypingMark } from './typing-mark';

/** The chat of one session: its lines and events, what is on its way, who types, and the field to write in. */
@Component({
  selector: 'ds-chat',
  imports: [ChatLog, Composer, ErrorMessage, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './chat.html',
  styleUrl: './chat.scss',
})
export class Chat {
  readonly store = input.required<SessionStore>();
  readonly sessionId = input.required<string>();
  /** My participant id. */
  readonly me = input.required<string>();
  readonly port = input.required<ChatPort>();
  /** Participants who type at this moment. */
  readonly typing = input<readonly string[]>([]);
  /** Stands inside the field, such as "To: A Ana". */
  readonly addressee = input<string | null>(null);
  readonly label = input<string | null>(null);
  /** An outbox that outlives this chat, so that lines go out whatever page is in front. Without it the chat has its own. */
  readonly keptOutbox = input<Outbox | null>(null);

  readonly readUpTo = output<number>();

  protected readonly t = injectTexts();
  private readonly composer = viewChild(Composer);
  readonly #mark = new TypingMark((to, typing) => this.port().signalTyping(to, typing));

  /** Another session or port is another chat: nothing of the former is carried along. */
  protected readonly outbox = computed(
    () => this.keptOutbox() ?? new Outbox(this.sessionId(), this.me(), untracked(this.port)),
  );
  readonly #view = computed(() => ({ session: this.store().session(), events: this.store().events(), me: this.me() }));
  protected readonly entries = computed(() => chatEntries({ ...this.#view(), unsent: this.outbox().lines() }));
  protected readonly recipients = computed(() => recipientsFor(this.#view().session, this.me()));
  protected readonly mayWrite = computed(() => mayWrite(this.#view().session, this.me()));
  /** Lines whose text is to go, until the server has answered. */
  protected readonly takingBack = signal<ReadonlySet<string>>(new Set());
  protected readonly failure = signal<Failure | null>(null);
  protected readonly whoTypes = computed(() => this.#typingSentence());

  constructor() {
    effect(() => {
      const { session } = this.#view();
      if (session.status !== 'absent') this.outbox().arrived(new Set(session.chat.map((line) => line.messageId)));
    });
    effect(() => this.#returnRefused());
    effect((onCleanup) => {
      const outbox = this.outbox();
      if (outbox !== this.keptOutbox()) onCleanup(() => outbox.close());
    });
    inject(DestroyRef).onDestroy(() => this.#mark.over());
  }

  focusComposer(): void {
    this.composer()?.focus();
  }

  protected send({ to, text }: { to: string; text: string }): void {
    this.outbox().add(to, text);
  }

  protected typed(to: string): void {
    this.#mark.typed(to);
  }

  protected stoppedTyping(): void {
    this.#mark.over();
  }

  protected async takeBack(messageId: string): Promise<void> {
    this.takingBack.update((ids) => new Set([...ids, messageId]));
    const answer = await this.port().takeBack({ commandId: commandId(), messageId });
    this.takingBack.update((ids) => new Set([...ids].filter((id) => id !== messageId)));
    this.failure.set(answer.ok ? null : answer.failure);
  }

  protected editAgain(id: string): void {
    const line = this.outbox()
      .lines()
      .find((unsent) => unsent.commandId === id);
    if (line === undefined || (line.refused === null && line.waits === null)) return;
    this.composer()?.restore(line, line.refused);
    this.outbox().discard(id);
    this.focusComposer();
  }

  /** Refused text goes back into an empty field by itself; into one with other text only when asked. */
  #returnRefused(): void {
    const [refused] = this.outbox().refused();
    const composer = this.composer();
    if (refused?.refused == null || composer === undefined || !untracked(composer.isEmpty)) return;
    const failure = refused.refused;
    untracked(() => composer.restore(refused, failure));
    this.outbox().discard(refused.commandId);
  }

  #typingSentence(): string | null {
    const { session } = this.#view();
    const others = this.typing().filter((id) => id !== this.me());
    if (session.status !== 'open' || others.length === 0) return null;
    const [first = ''] = others;
    const name = readable(session.participants[first]?.name) ?? this.t('person.unknown');
    return others.length > 1
      ? this.t('chat.typingMany', { count: others.length })
      : this.t('chat.typingOne', { name: isolated(name) });
  }
}
