import { setTimeout as pause } from 'node:timers/promises';
import { LiveKitServer } from './livekit/livekit-server';
import type { LiveKitConnection } from './livekit/livekit-server';
import type { LiveKitOrigin } from './livekit-origin';
import type { MediaEvent, MediaServer } from './media-server';
import { PlantFailure } from './plant-state';
import type { MediaPlantState } from './plant-state';
import type { WebhookAnswer } from './process/webhook-listener';
import { SeenIds } from './seen-ids';

type Listener<T> = (value: T) => void;

/** Milliseconds before it is tried again: longer each time, and only now and then where nothing can be made here. */
function waitBefore(failures: number, error: unknown): number {
  const grown = Math.min(250 * 2 ** (failures - 1), 30_000);
  return error instanceof PlantFailure && error.code === 'MEDIA_NOT_PROVIDED' ? 600_000 : grown;
}

/** One that has run this long was well; milliseconds. */
const wasWell = 60_000;

/** Sees to it that there is a media server, and says how far it is. Nothing waits for it. */
export class MediaPlant {
  /** Works as long as the state is `ready`, else every call is MEDIA_UNAVAILABLE. */
  readonly server: MediaServer;
  readonly #origin: LiveKitOrigin | null;
  readonly #stop = new AbortController();
  readonly #stateListeners = new Set<Listener<MediaPlantState>>();
  readonly #eventListeners = new Set<Listener<MediaEvent>>();
  readonly #seen = new SeenIds(5000);
  #state: MediaPlantState = { status: 'off' };
  #connection: LiveKitConnection | null = null;
  #work: Promise<void> = Promise.resolve();

  /** @param origin null: this site goes without picture and voice */
  constructor(origin: LiveKitOrigin | null) {
    this.#origin = origin;
    this.server = new LiveKitServer(() => this.#connection);
    if (origin !== null) this.#state = { status: 'preparing', step: 'searching', fraction: null };
  }

  get state(): MediaPlantState {
    return this.#state;
  }

  /** @returns ends it */
  onChange(listener: Listener<MediaPlantState>): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  /** What the media server tells, each once. It comes late, out of order or not at all. @returns ends it */
  onMediaEvent(listener: Listener<MediaEvent>): () => void {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  }

  start(): void {
    if (this.#origin !== null) this.#work = this.#keepRunning(this.#origin);
  }

  /** @throws MediaFailure while there is no media server whose signature could be known */
  async receiveWebhook(body: string, authorization: string | undefined): Promise<WebhookAnswer> {
    const event = await this.server.verifyWebhook(body, authorization);
    if (event === null) return 'refused';
    if (!this.#seen.add(event.id)) return 'repeated';
    for (const listener of this.#eventListeners) listener(event);
    return 'delivered';
  }

  /** Ends the media server if it is ours. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#work;
    this.#connection = null;
    await this.#origin?.close();
    this.#set({ status: 'off' });
  }

  async #keepRunning(origin: LiveKitOrigin): Promise<void> {
    const { signal } = this.#stop;
    for (let failures = 0; !signal.aborted;) {
      const begun = performance.now();
      const error = await this.#runOnce(origin, signal);
      if (signal.aborted) return;
      failures = performance.now() - begun > wasWell && error === null ? 1 : failures + 1;
      await pause(waitBefore(failures, error), undefined, { signal }).catch(() => undefined);
    }
  }

  /** From its beginning to its end. @returns why it could not begin; null when it has run */
  async #runOnce(origin: LiveKitOrigin, signal: AbortSignal): Promise<unknown> {
    try {
      this.#connection = await origin.begin(
        (step, fraction) => this.#set({ status: 'preparing', step, fraction }),
        (body, authorization) => this.receiveWebhook(body, authorization),
        signal,
      );
      this.#set({ status: 'ready', url: this.#connection.url });
      await origin.ended(signal);
      this.#connection = null;
      this.#set({ status: 'preparing', step: 'starting', fraction: null });
      return null;
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
      return error;
    }
  }

  #fail(error: unknown): void {
    this.#connection = null;
    const { code, message } =
      error instanceof PlantFailure ? error : new PlantFailure('MEDIA_START_FAILED', String(error));
    this.#set({ status: 'failed', code, sentence: message });
  }

  #set(state: MediaPlantState): void {
    this.#state = state;
    for (const listener of this.#stateListeners) listener(state);
  }
}
