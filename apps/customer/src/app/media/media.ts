import { DestroyRef, Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import type { Signal } from '@angular/core';
import { LiveFeeds, passesByItself } from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import type { Current, MediaAccess } from '@deskside/media/browser';
import { MediaAccessDocument, MediaPlantDocument } from '../../generated/graphql';
import { CustomerSession } from '../session/customer-session';
import { loadMediaParts } from './media-parts';
import type { MediaLibrary, MediaParts } from './media-parts';
import { plantState } from './plant-state';
import type { PlantState } from './plant-state';

/** The media room is not there yet. */
const notThere: ReadonlySet<string> = new Set(['MEDIA_PREPARING', 'MEDIA_UNAVAILABLE']);

/** The way of this person to the media room: made when the session is there, joined when the media server is. */
@Injectable()
export class Media {
  readonly #customer = inject(CustomerSession);
  readonly #parts = signal<MediaParts | null>(null);
  readonly #plant = signal<PlantState | null>(null);
  readonly #wasReady = computed(() => this.#plant()?.status === 'ready');
  #loading = false;

  /** null until they are loaded, just after the chat. */
  readonly parts = this.#parts.asReadonly();
  /** null until the server has said it. */
  readonly plant = this.#plant.asReadonly();
  readonly isInSession = computed(() => this.#customer.stage().at === 'session');
  readonly seat = this.watch((parts) => parts.seat.state, 'none');
  readonly connection = this.watch((parts) => parts.connection.state, 'idle');
  readonly failure = this.watch((parts) => parts.connection.failure, null);
  /** Another window of this person carries voice and screen. */
  readonly isElsewhere = computed(() => this.seat() === 'elsewhere' || this.failure()?.reason === 'elsewhere');

  constructor() {
    const plant = inject(LiveFeeds)
      .watch(MediaPlantDocument, {})
      .subscribe({ next: ({ mediaState }) => this.#plant.set(plantState(mediaState)), error: () => undefined });
    effect(() => {
      if (this.isInSession()) void this.#load();
    });
    effect(() => this.#followSeat());
    inject(DestroyRef).onDestroy(() => {
      plant.unsubscribe();
      this.#close();
    });
  }

  /** A value of a part as a signal; `before` until the parts are there. */
  watch<T>(select: (parts: MediaParts) => Current<T>, before: T): Signal<T> {
    const value = signal(before);
    effect((onCleanup) => {
      const parts = this.#parts();
      if (parts === null) return;
      const watching = untracked(() => select(parts).subscribe((now) => value.set(now)));
      onCleanup(() => watching.unsubscribe());
    });
    return value.asReadonly();
  }

  /** Takes voice and screen into this window. */
  async moveHere(): Promise<void> {
    const parts = this.#parts();
    if (parts === null) return;
    await parts.seat.moveHere();
    this.#connect(parts);
  }

  async #load(): Promise<void> {
    if (this.#loading) return;
    this.#loading = true;
    const parts = await loadMediaParts(this.#customer.place.participantId);
    this.#parts.set(parts);
    await parts.seat.take();
  }

  /** Connected while the session lasts, in one window at a time. A media server that went away comes back by itself. */
  #followSeat(): void {
    const parts = this.#parts();
    if (parts === null) return;
    const [seat, isInSession, ready] = [this.seat(), this.isInSession(), this.#wasReady()];
    untracked(() => {
      if (seat === 'free') void parts.seat.take();
      if (seat === 'here' && isInSession) {
        if (ready) this.#connect(parts);
      } else this.#letGo(parts);
    });
  }

  #connect({ connection, library }: MediaParts): void {
    void connection.connect(() => this.#access(library));
  }

  #letGo({ connection, share, talk }: MediaParts): void {
    share.stop();
    talk.leave();
    void connection.disconnect();
  }

  async #access({ signallingUrl, MediaRefused }: MediaLibrary): Promise<MediaAccess> {
    const answer = await this.#customer.act(MediaAccessDocument, {});
    if (answer.ok) return { url: signallingUrl(location.origin), ...answer.data.mediaAccess };
    if (isFinal(answer.failure)) throw new MediaRefused(answer.failure.code);
    throw new Error('The media room cannot be entered yet.');
  }

  #close(): void {
    const parts = untracked(this.#parts);
    if (parts === null) return;
    this.#letGo(parts);
    parts.talk.close();
    parts.seat.close();
  }
}

function isFinal(failure: Failure): failure is Failure & { kind: 'refused' } {
  return failure.kind === 'refused' && !passesByItself(failure) && !notThere.has(failure.code);
}
