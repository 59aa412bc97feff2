import { DestroyRef, Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import type { PermissionRequest } from '@deskside/domain';
import type { ChooseResult } from '@deskside/media/browser';
import { commandId } from '@deskside/ui';
import {
  ApproveRequestDocument,
  DenyRequestDocument,
  ExtendRequestDocument,
  GrantPermissionDocument,
  ReportNothingChosenDocument,
  ShowRequestDocument,
} from '../../generated/graphql';
import { CustomerSession } from '../session/customer-session';
import { questionOf } from './question';
import { ScreenSharing } from './screen-sharing';
import { holdInThisWindow, isHeldInAnyWindow } from './window-locks';

const lockOf = (requestId: string): string => `deskside-choice-${requestId}`;

/** Somebody asks to see my screen, and what I answer. */
@Injectable()
export class ScreenQuestion {
  readonly #customer = inject(CustomerSession);
  readonly #sharing = inject(ScreenSharing);
  readonly #read = signal<ReadonlySet<string>>(new Set());
  /** Answered with no: it is off the screen before the server has heard of it. */
  readonly #denied = signal<ReadonlySet<string>>(new Set());
  readonly #choosing = signal<string | null>(null);
  readonly #displayed = new Set<string>();

  readonly question = computed(() => {
    const session = this.#customer.known();
    const question =
      session === null
        ? ({ at: 'none' } as const)
        : questionOf(session, this.#customer.place.participantId, this.#read());
    return question.at === 'asked' && this.#denied().has(question.request.id) ? ({ at: 'none' } as const) : question;
  });
  /** The browser's dialog is open in this window. */
  readonly isChoosingHere = computed(() => this.#choosing() !== null);

  constructor() {
    effect(() => {
      const question = this.question();
      if (question.at === 'choosing' && this.#customer.store.caughtUp()) void this.#endIfAbandoned(question.request.id);
    });
    const stopWaiting = new AbortController();
    inject(DestroyRef).onDestroy(() => stopWaiting.abort());
    document.addEventListener('visibilitychange', () => this.display(), { signal: stopWaiting.signal });
  }

  /** The question stands before the person: its time begins. A page that nobody sees shows nothing. */
  display(): void {
    const question = untracked(this.question);
    const isSeen = document.visibilityState === 'visible';
    if (question.at !== 'asked' || question.request.status !== 'sent' || !isSeen) return;
    const { id } = question.request;
    if (this.#displayed.has(id)) return;
    this.#displayed.add(id);
    void this.#customer.settle(ShowRequestDocument, { commandId: commandId(), requestId: id });
  }

  moreTime({ id }: PermissionRequest): void {
    void this.#customer.settle(ExtendRequestDocument, { commandId: commandId(), requestId: id });
  }

  deny({ id }: PermissionRequest): void {
    this.#denied.update((before) => new Set([...before, id]));
    void this.#customer.settle(DenyRequestDocument, { commandId: commandId(), requestId: id });
  }

  /** Call it in the click: the browser opens its dialog in no other moment. */
  choose(request: PermissionRequest): void {
    if (this.#choosing() !== null) return;
    void this.#answer(request, this.#sharing.pick());
  }

  /** The word about a question that went away by itself was read. */
  putAway({ id }: PermissionRequest): void {
    this.#sharing.problem.set(null);
    this.#read.update((before) => new Set([...before, id]));
  }

  async #answer({ id: requestId, grantees }: PermissionRequest, picking: Promise<ChooseResult>): Promise<void> {
    this.#choosing.set(requestId);
    const release = holdInThisWindow(lockOf(requestId));
    const approving = this.#customer.act(ApproveRequestDocument, { commandId: commandId(), requestId });
    const [picked, approved] = await Promise.all([picking, approving]);
    if (!approved.ok) {
      this.#sharing.discard();
      this.#sharing.problem.set({ kind: 'refused', failure: approved.failure });
    } else if (!picked.ok) await this.#nothingChosen(requestId, picked.reason);
    else
      await this.#sharing.show(picked, grantees, async (grantId) => {
        const grant = { commandId: grantId, requestId, surface: picked.surface };
        const answer = await this.#customer.act(GrantPermissionDocument, grant);
        // The capture ends, so there is nothing left to be granted: the question is open again.
        if (!answer.ok) void this.#nothingChosen(requestId, 'failed');
        return answer;
      });
    release();
    this.#choosing.set(null);
  }

  async #nothingChosen(requestId: string, reason: string): Promise<void> {
    await this.#customer.settle(ReportNothingChosenDocument, { commandId: commandId(), requestId, reason });
  }

  /** The page in which the browser's dialog was open has gone, and the dialog with it. */
  async #endIfAbandoned(requestId: string): Promise<void> {
    const isHere = (): boolean => untracked(this.#choosing) === requestId;
    if (isHere() || (await isHeldInAnyWindow(lockOf(requestId))) || isHere()) return;
    await this.#nothingChosen(requestId, 'nothingChosen');
  }
}
