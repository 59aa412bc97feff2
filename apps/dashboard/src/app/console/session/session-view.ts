import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  ElementRef,
  computed,
  effect,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import { MatButtonToggleModule } from '@angular/material/button-toggle';
import {
  Chat,
  CurrentWriteRefusal,
  ErrorMessage,
  Skeleton,
  WriteRefusalLine,
  injectTexts,
  injectWhoTypes,
  readable,
  rememberedText,
} from '@deskside/ui';
import { EMPTY, catchError, map, switchMap } from 'rxjs';
import { TypingDocument } from '../../../generated/graphql';
import { Attention } from '../../attention/attention';
import { StaffRequests } from '../../sign-in/staff-requests';
import { NotesDrawer } from '../notes/notes-drawer';
import type { OpenSession } from '../open-sessions/open-session';
import { ReadMarks } from '../open-sessions/read-marks';
import { ToolTabs } from '../tools/tool-tabs';
import type { ToolTab } from '../tools/tool-tabs';
import { AdmissionCard } from './admission-card';
import { DrawerHandle } from './drawer-handle';
import { KeptOutboxes } from './kept-outboxes';
import { PeopleList } from './people-list';
import { SessionActs } from './session-acts';
import { offerSessionCommands } from './session-commands';
import { SessionLog } from './session-log';
import { SessionTitle } from './session-title';
import { Stage } from './stage';
import { stageState } from './stage-state';

export type Part = 'session' | 'chat' | Drawer;
const drawers = ['notes', 'people', 'log'] as const;
export type Drawer = (typeof drawers)[number];

const usualDrawerPx = 270;

/** One session: title, stage, chat, and a drawer for people and log. On a narrow screen one part at a time. */
@Component({
  selector: 'ds-session-view',
  imports: [
    AdmissionCard,
    Chat,
    DrawerHandle,
    ErrorMessage,
    MatButtonToggleModule,
    NotesDrawer,
    PeopleList,
    SessionLog,
    SessionTitle,
    Skeleton,
    Stage,
    ToolTabs,
    WriteRefusalLine,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[attr.data-part]': 'part()', '[style.--customer]': "'var(--ds-customer-' + session().colour + ')'" },
  templateUrl: './session-view.html',
  styleUrl: './session-view.scss',
})
export class SessionView {
  readonly session = input.required<OpenSession>();

  protected readonly t = injectTexts();
  protected readonly outboxes = inject(KeptOutboxes);
  protected readonly parts = ['session', 'chat', ...drawers] as const;
  protected readonly drawers = drawers;
  /** What a narrow screen shows; a wide one shows all. */
  protected readonly part = signal<Part>('session');
  protected readonly drawer = signal<Drawer>('notes');
  protected readonly tab = signal<ToolTab>('tools');
  readonly #rememberedHeight = rememberedText('deskside.drawer-height');
  protected readonly drawerHeight = signal(Number(this.#rememberedHeight.read()) || usualDrawerPx);
  protected readonly chat = viewChild(Chat);
  private readonly notes = viewChild(NotesDrawer);
  private readonly chatElement = viewChild<Chat, ElementRef<HTMLElement>>(Chat, { read: ElementRef });
  readonly #requests = inject(StaffRequests);
  readonly #acts = inject(SessionActs);
  readonly #marks = inject(ReadMarks);

  protected readonly port = computed(() => this.#acts.chatPort(this.session().id));
  protected readonly failure = computed(() => (this.session().ended() ? null : this.session().store.failure()));
  readonly #writeRefusal = inject(CurrentWriteRefusal).code;
  /** To the server a session does not exist for whoever is not in it, and a damaged log may have lost that I am. */
  protected readonly mayBeLost = computed(() => {
    const failure = this.failure();
    const isUnknown = failure?.kind === 'refused' && failure.code === 'SESSION_NOT_FOUND';
    return isUnknown && this.#writeRefusal() === 'LOG_READ_ONLY';
  });
  /** Nothing of it will come. */
  protected readonly isRefused = computed(
    () => this.failure() !== null && this.session().session().status === 'absent',
  );
  /** Customers see only what is written after they have joined. */
  protected readonly nobodyReads = computed(() => {
    const { kind } = stageState(this.session().session());
    return kind === 'inviting' || kind === 'alone';
  });
  protected readonly addressee = computed(() => {
    const { letter, customer } = this.session();
    const name = readable(customer()?.name);
    return name === null ? letter : this.t('console.chat.to', { letter, name });
  });
  protected readonly typing = injectWhoTypes(
    toObservable(computed(() => (this.session().ended() ? null : this.session().id))).pipe(
      switchMap((sessionId) =>
        sessionId === null
          ? EMPTY
          : this.#requests.watch(TypingDocument, { sessionId }).pipe(
              map((data) => data.typing),
              catchError(() => EMPTY),
            ),
      ),
    ),
  );

  constructor() {
    offerSessionCommands({
      session: this.session,
      write: () => this.write(),
      show: (part) => this.show(part),
      takeNotes: () => this.takeNotes(),
    });
    effect(() => this.#rememberedHeight.write(String(this.drawerHeight())));
    // On a narrow screen the end must not hide behind another part.
    effect(() => {
      if (this.session().ended()) this.part.set('session');
    });
    const attention = inject(Attention);
    effect(() => attention.lookAt(this.session().id));
    inject(DestroyRef).onDestroy(() => attention.lookAt(null));
  }

  protected show(part: Part): void {
    this.part.set(part);
    if (part !== 'session' && part !== 'chat') this.drawer.set(part);
  }

  protected takeNotes(): void {
    this.show('notes');
    // The field is there only after this.
    setTimeout(() => this.notes()?.focus());
  }

  protected write(): void {
    this.part.set('chat');
    // On a narrow screen the field is there only after this.
    setTimeout(() => this.chat()?.focusComposer());
  }

  /** Read is what was before the eyes: not a chat that a narrow screen does not show. */
  protected markRead(revision: number): void {
    if (this.chatElement()?.nativeElement.offsetParent === null) return;
    this.session().markRead(revision);
    this.#marks.set(this.session().id, revision);
  }
}
