import {
  ChangeDetectionStrategy,
  Component,
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
import { noteLimit, notesCloseAt, parseNoteText } from '@deskside/domain';
import type { Note } from '@deskside/domain';
import {
  ErrorMessage,
  Times,
  belongsToComposition,
  commandId,
  injectNow,
  injectTexts,
  readable,
  shownText,
  stopwatch,
  Writes,
} from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { SaveNoteDocument } from '../../../generated/graphql';
import { RefusalNotice } from '../../refusals/refusal-notice';
import { StaffRequests } from '../../sign-in/staff-requests';
import type { OpenSession } from '../open-sessions/open-session';
import { conflictOf, draftOf, mergedText, newDraft } from './note-draft';
import type { NoteDraft } from './note-draft';
import { NoteDrafts } from './note-drafts';
import { NoteVersions } from './note-versions';

/** Notes of the session: a draft that only this browser has, and what was saved to the report, with its versions. */
@Component({
  selector: 'ds-notes-drawer',
  imports: [ErrorMessage, MatButtonModule, NoteVersions, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './notes-drawer.html',
  styleUrl: './notes-drawer.scss',
})
export class NotesDrawer {
  readonly session = input.required<OpenSession>();
  /** My participant id. */
  readonly me = input.required<string>();

  protected readonly t = injectTexts();
  protected readonly times = inject(Times);
  protected readonly now = injectNow(1_000);
  protected readonly shownText = shownText;
  readonly #requests = inject(StaffRequests);
  readonly #drafts = inject(NoteDrafts);
  readonly #notice = inject(RefusalNotice);
  private readonly field = viewChild<ElementRef<HTMLTextAreaElement>>('field');

  protected readonly draft = linkedSignal(() => this.#drafts.read(this.session().id, this.me()) ?? emptyDraft());
  protected readonly saving = signal(false);
  protected readonly saved = signal(false);
  protected readonly failure = signal<Failure | null>(null);

  readonly #notes = computed(() => {
    const session = this.session().session();
    return session.status === 'absent' ? {} : session.notes;
  });
  protected readonly notes = computed(() =>
    Object.values(this.#notes()).toSorted((a, b) => lastSavedAt(b).localeCompare(lastSavedAt(a))),
  );
  protected readonly myAccount = computed(() => this.session().me()?.personId ?? null);
  /** null while the session is open; then how long notes can still be written, in milliseconds. */
  protected readonly leftMs = computed(() => {
    const session = this.session().session();
    return session.status === 'ended' ? Date.parse(notesCloseAt(session.endedAt)) - this.now() : null;
  });
  protected readonly left = computed(() => stopwatch(this.leftMs() ?? 0));
  protected readonly isOpen = computed(() => (this.leftMs() ?? 1) > 0);
  protected readonly hasText = computed(() => this.draft().text.trim() !== '');
  protected readonly conflict = computed(() => (this.saving() ? null : conflictOf(this.draft(), this.#notes())));
  protected readonly over = computed(() => [...this.draft().text].length - noteLimit);
  protected readonly editedAgo = computed(() => this.times.relative(this.draft().editedAt, this.now()));

  constructor() {
    // The same text was saved from another window: nothing is left to write.
    effect(() => {
      const conflict = this.conflict();
      if (conflict !== null && readable(conflict.text) === untracked(this.draft).text.trim()) this.#keep(null);
    });
  }

  focus(): void {
    this.field()?.nativeElement.focus();
  }

  /** Half-composed characters are no draft yet, and are left to the input method. */
  protected typeUnlessComposing(event: Event, text: string): void {
    if (!(event as InputEvent).isComposing) this.type(text);
  }

  protected type(text: string): void {
    this.saved.set(false);
    this.failure.set(null);
    this.#keep({ ...this.draft(), text, editedAt: Date.now() });
  }

  protected saveByKey(event: KeyboardEvent): void {
    const mod = (event.ctrlKey || event.metaKey) && !event.altKey;
    const saves = mod && (event.key === 'Enter' || event.key.toLowerCase() === 's');
    if (!saves || belongsToComposition(event)) return;
    event.preventDefault();
    if (!this.#notice.sayWriteRefusal()) void this.save();
  }

  protected async save(): Promise<void> {
    const draft = this.draft();
    const parsed = parseNoteText(draft.text);
    if (this.saving() || this.conflict() !== null) return;
    if (!parsed.ok) return this.failure.set({ kind: 'refused', ...parsed.refusal });
    this.failure.set(null);
    this.saving.set(true);
    const { noteId, basedOn } = draft;
    const variables = { commandId: commandId(), sessionId: this.session().id, noteId, basedOn, text: parsed.text };
    const answer = await this.#requests.send(SaveNoteDocument, variables);
    this.saving.set(false);
    // Both texts are shown then, as soon as the other one has arrived.
    if (!answer.ok) return this.failure.set(isConflict(answer.failure) ? null : answer.failure);
    this.saved.set(true);
    const typedMeanwhile = this.draft().text !== draft.text;
    this.#keep(typedMeanwhile ? { ...this.draft(), basedOn: basedOn + 1 } : null);
  }

  protected edit(note: Note): void {
    this.saved.set(false);
    this.#keep(draftOf(note, Date.now()));
    setTimeout(() => this.focus());
  }

  protected discard(): void {
    this.failure.set(null);
    this.#keep(null);
    this.focus();
  }

  /** `mine`: my text becomes the next version. `merged`: both stand in the field to be put in order. */
  protected resolve(how: 'mine' | 'merged' | 'theirs'): void {
    const conflict = this.conflict();
    if (conflict === null) return;
    if (how === 'theirs') return this.discard();
    const { text } = this.draft();
    const next = how === 'mine' ? text : mergedText(readable(conflict.text) ?? '', text);
    this.#keep({ ...this.draft(), basedOn: conflict.version, text: next, editedAt: Date.now() });
    setTimeout(() => this.focus());
  }

  #keep(draft: NoteDraft | null): void {
    this.draft.set(draft ?? emptyDraft());
    this.#drafts.write(this.session().id, this.me(), draft === null || draft.text === '' ? null : draft);
  }
}

function emptyDraft(): NoteDraft {
  return newDraft(crypto.randomUUID(), Date.now());
}

function lastSavedAt({ versions }: Note): string {
  return versions.at(-1)?.savedAt ?? '';
}

function isConflict(failure: Failure): boolean {
  return failure.kind === 'refused' && failure.code === 'NOTE_CHANGED';
}
