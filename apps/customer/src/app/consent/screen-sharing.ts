import { DestroyRef, Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import type { Grant } from '@deskside/domain';
import type { ChooseResult, ShareEnd } from '@deskside/media/browser';
import { commandId, keptJson } from '@deskside/ui';
import type { Answer, Failure } from '@deskside/ui';
import { EMPTY, switchMap } from 'rxjs';
import { EndPermissionDocument, RevokePermissionDocument, StoppedAtServerDocument } from '../../generated/graphql';
import { Media } from '../media/media';
import { CustomerSession } from '../session/customer-session';
import { shownOf } from './question';
import { StopQueue, isQueuedStops } from './stop-queue';
import { holdInThisWindow, isHeldInAnyWindow } from './window-locks';

/** What the browser's dialog gave: something that can be shown. */
export type Picked = Extract<ChooseResult, { ok: true }>;

/** Why something that was chosen is not seen. */
export type ShareProblem =
  | { readonly kind: 'refused'; readonly failure: Failure }
  | { readonly kind: 'notShown' }
  | { readonly kind: 'notChosen'; readonly reason: Exclude<ChooseResult, { ok: true }>['reason'] };

/** What the person is told about it, besides the bar. */
export type ShareStatus = 'nothing' | 'live' | 'stopping' | 'stopped';

const lockOf = (grantId: string): string => `deskside-share-${grantId}`;
const firstPauseMs = 250;
const longestPauseMs = 4_000;

/** My screen before others: from the grant in the log to the proof that nobody sees it any more. */
@Injectable()
export class ScreenSharing {
  readonly #customer = inject(CustomerSession);
  readonly #media = inject(Media);
  readonly #me = this.#customer.place.participantId;
  readonly #declined = signal<ReadonlySet<string>>(new Set());
  /** The grant whose capture this window holds. */
  readonly #here = signal<string | null>(null);
  readonly #others = new BroadcastChannel(`deskside-stop-${this.#me}`);
  readonly #stops = new StopQueue(keptJson(`deskside.stops.${this.#me}`, isQueuedStops), {
    revoke: (stop) => this.#revoke(stop),
    isStopped: (grantId) => this.#isStopped(grantId),
    pause: (attempt, seconds = 0) =>
      pause(Math.max(seconds * 1000, Math.min(longestPauseMs, firstPauseMs * 2 ** attempt))),
    newCommandId: commandId,
  });
  #release = (): void => undefined;
  #isPublishing = false;

  readonly problem = signal<ShareProblem | null>(null);
  readonly shown = computed(() => {
    const session = this.#customer.known();
    return session === null ? ({ at: 'nothing' } as const) : shownOf(session, this.#me, this.#declined());
  });
  /** What others see at this moment, as far as this page knows: nothing from the press of Stop on. */
  readonly live = computed(() => {
    const shown = this.shown();
    return shown.at === 'live' && !this.#stops.states().has(shown.grant.id) ? shown.grant : null;
  });
  readonly status = computed(() => this.#statusNow());
  readonly isInterrupted = computed(() => this.live() !== null && this.#shareState() === 'interrupted');
  readonly #shareState = this.#media.watch((parts) => parts.share.state, 'off');

  constructor() {
    let before: Grant | null = null;
    effect(() => {
      const shown = this.shown();
      const now = shown.at === 'live' ? shown.grant : null;
      if (before !== null && now?.id !== before.id) this.#hasEnded(before.id);
      before = now;
    });
    effect(() => {
      const live = this.live();
      if (live !== null && this.#customer.store.caughtUp()) void this.#endIfAbandoned(live.id);
    });
    toObservable(this.#media.parts)
      .pipe(
        switchMap((parts) => parts?.share.ended ?? EMPTY),
        takeUntilDestroyed(),
      )
      .subscribe((why) => this.#captureEnded(why));
    this.#others.addEventListener('message', ({ data }) => this.#endCapture(String(data)));
    const goAway = (): void => this.#goAway();
    window.addEventListener('pagehide', goAway);
    inject(DestroyRef).onDestroy(() => {
      window.removeEventListener('pagehide', goAway);
      this.#stops.close();
      this.#others.close();
      this.#release();
    });
  }

  /** Opens the browser's dialog: call it in the click. */
  pick(): Promise<ChooseResult> {
    this.problem.set(null);
    const parts = untracked(this.#media.parts);
    if (parts === null) return Promise.resolve({ ok: false, reason: 'failed' });
    const picked = parts.share.choose({ mode: 'standard', surface: 'monitor' });
    if (untracked(this.#media.isElsewhere)) void this.#media.moveHere();
    return picked;
  }

  /** Shows what was picked, once `record` has put the grant under this id into the log; else the capture ends. */
  async show(
    picked: Picked,
    viewers: readonly string[],
    record: (grantId: string) => Promise<Answer<unknown>>,
  ): Promise<void> {
    const grantId = commandId();
    this.#release = holdInThisWindow(lockOf(grantId));
    this.#here.set(grantId);
    const answer = await record(grantId);
    if (!answer.ok) {
      this.#endCapture(grantId);
      return this.problem.set({ kind: 'refused', failure: answer.failure });
    }
    this.#isPublishing = true;
    const published = await this.#media.parts()?.share.publish(picked.track, { viewers });
    this.#isPublishing = false;
    if (published?.ok !== true) this.#notShown(grantId);
  }

  /** The capture is dead when this returns; log and media server follow. */
  stop(grantId: string): void {
    this.#endCapture(grantId);
    this.#others.postMessage(grantId);
    this.#stops.stop(grantId);
  }

  decline(grantId: string): void {
    this.problem.set(null);
    this.#declined.update((before) => new Set([...before, grantId]));
  }

  /** Ends what was picked and is not wanted any more. */
  discard(): void {
    untracked(this.#media.parts)?.share.stop();
  }

  #statusNow(): ShareStatus {
    if (this.live() !== null) return 'live';
    const states = this.#stops.states();
    const last = [...states.keys()].at(-1);
    if (last === undefined) return 'nothing';
    return states.get(last) === 'stopped' ? 'stopped' : 'stopping';
  }

  /** The log says so, whoever ended it. */
  #hasEnded(grantId: string): void {
    untracked(() => {
      this.#endCapture(grantId);
      if (this.#media.isInSession()) this.#stops.confirm(grantId);
    });
  }

  #notShown(grantId: string): void {
    // Stop was pressed, or the viewer ended it, while it was under way: that is no problem.
    if (this.#here() !== grantId) return;
    this.#endCapture(grantId);
    this.#end(grantId, 'captureEnded');
    this.problem.set({ kind: 'notShown' });
  }

  #endCapture(grantId: string): void {
    if (untracked(this.#here) !== grantId) return;
    this.#here.set(null);
    this.#release();
    this.discard();
  }

  /** By the browser, by the server, or because another window took voice and screen. */
  #captureEnded(why: ShareEnd): void {
    const grantId = untracked(this.#here);
    // What this page ended itself is not here any more; what could not be published is told by `show`.
    if (grantId === null || (why === 'stopped' && this.#isPublishing)) return;
    this.#endCapture(grantId);
    this.#end(grantId, 'captureEnded');
  }

  /** A live grant that no window of this browser captures any more: its page has gone. */
  async #endIfAbandoned(grantId: string): Promise<void> {
    if (untracked(this.#here) === grantId || (await isHeldInAnyWindow(lockOf(grantId)))) return;
    if (untracked(this.#here) !== grantId) this.#end(grantId, 'pageClosed');
  }

  #goAway(): void {
    const grantId = this.#here();
    if (grantId === null) return;
    this.#endCapture(grantId);
    this.#customer.sendInParting(EndPermissionDocument, { commandId: commandId(), grantId, reason: 'pageClosed' });
  }

  #end(grantId: string, reason: 'captureEnded' | 'pageClosed'): void {
    void this.#customer.settle(EndPermissionDocument, { commandId: commandId(), grantId, reason });
  }

  async #revoke(stop: { commandId: string; grantId: string }): Promise<Answer<{ readonly stoppedAtServer: boolean }>> {
    const answer = await this.#customer.act(RevokePermissionDocument, stop);
    return answer.ok ? { ok: true, data: answer.data.revokePermission } : answer;
  }

  async #isStopped(grantId: string): Promise<Answer<boolean>> {
    const answer = await this.#customer.ask(StoppedAtServerDocument, { grantId });
    return answer.ok ? { ok: true, data: answer.data.stoppedAtServer } : answer;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
