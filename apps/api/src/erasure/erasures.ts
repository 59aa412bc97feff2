import { setTimeout as pause } from 'node:timers/promises';
import { erasingEventTypes } from '@deskside/domain';
import type { ErasedKey } from '@deskside/domain';
import type { EventStore, Position, RecordedEvent, StreamName } from '@deskside/event-store';
import type { Vault } from '@deskside/vault';
import type { EventHub } from '../live-feed/event-hub';
import type { StreamHistories } from '../live-feed/stream-histories';
import { SecondPlaceTrouble } from '../second-place/second-place';
import type { SecondPlace } from '../second-place/second-place';
import { erasingAmong } from './erased-keys';
import { markedPosition, markOf } from './mark-of-erasures';

/** How long a command waits for what it has erased to be gone from every file. */
const patienceMs = 10_000;

interface Waiter {
  readonly position: Position;
  readonly settle: (isApplied: boolean) => void;
}

/**
 * Destroys the keys that erasing events name, in the order of the log, and writes them down in the second place. How far it
 * came stands in the vault itself, as an event of this log: a vault that is restored from an older backup is brought up to
 * the log again before anything is served, and a mark of a log that went on otherwise counts as none.
 */
export class Erasures {
  readonly #end = new AbortController();
  readonly #waiting = new Set<Waiter>();
  /** Up to here nobody can read what was erased. */
  #destroyed: Position | null = null;
  /** Up to here no file has a byte of its keys any more, and the second place has their names. */
  #applied: Position | null = null;
  /** The last erasure; the vault does not know yet that it is applied. */
  #toNote: RecordedEvent | null = null;
  /** Destroyed, and not written down in the second place yet. */
  #unlisted: readonly ErasedKey[] = [];
  #isFinishing = false;
  #onFailure: (error: unknown) => void = () => undefined;

  constructor(
    private readonly parts: {
      readonly store: EventStore;
      readonly vault: Vault;
      readonly hub: EventHub;
      readonly histories: Pick<StreamHistories, 'forget'>;
      /** Takes away what is kept of a subject outside the log; doing it twice changes nothing. */
      readonly forget: (subject: string) => Promise<void>;
      readonly secondPlace: SecondPlace | null;
    },
  ) {}

  /** Settles once nobody can read what any erasure in the log has erased; goes on with new ones until `close`. */
  async start(onFailure: (error: unknown) => void): Promise<void> {
    const { store, vault } = this.parts;
    this.#onFailure = onFailure;
    this.#destroyed = this.#applied = await markedPosition(store, await vault.erasuresAppliedUpTo());
    let isServing = false;
    await new Promise<void>((caughtUp, failed) => {
      void this.#follow(caughtUp, (error) => {
        // Nothing may be served before: then there is nothing to go on with.
        if (!isServing) this.close();
        failed(error);
        onFailure(error);
      });
    });
    isServing = true;
  }

  /** After a failure (a full disk) it tries again: no erasure may be left undone because one could not be carried out. */
  async #follow(caughtUp: () => void, onFailure: (error: unknown) => void): Promise<void> {
    for (let isOver = false; !isOver;) isOver = await this.#followOnce(caughtUp, onFailure);
  }

  async #followOnce(caughtUp: () => void, onFailure: (error: unknown) => void): Promise<boolean> {
    const { signal } = this.#end;
    try {
      await this.parts.store.subscribeAll({
        after: this.#destroyed,
        types: erasingEventTypes,
        signal,
        onEvents: (events) => this.#apply(events),
        onCaughtUp: (position) => {
          if (position !== null) this.#advance(position);
          caughtUp();
        },
      });
      return true;
    } catch (error) {
      onFailure(error);
      await pause(1000, undefined, { signal }).catch(() => undefined);
      return signal.aborted;
    }
  }

  /**
   * True once every erasure up to this position is applied, has left no byte in any file and stands in the second place.
   * False when that takes too long, because another process reads an older state of the vault or the second place is away:
   * it goes on by itself, and may be asked for again.
   */
  applied(position: Position): Promise<boolean> {
    if (this.#isApplied(position)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = (isApplied: boolean): void => {
        clearTimeout(timer);
        this.#waiting.delete(waiter);
        resolve(isApplied);
      };
      const waiter = { position, settle };
      const timer = setTimeout(() => settle(false), patienceMs);
      this.#waiting.add(waiter);
    });
  }

  close(): void {
    this.#end.abort();
    for (const { settle } of this.#waiting) settle(false);
  }

  /**
   * What is kept of these in memory goes, and whoever watches the sessions begins anew.
   * @param untold those of them of which no event tells whoever watches
   */
  refresh(keys: readonly ErasedKey[], untold = keys): void {
    const { hub, histories } = this.parts;
    histories.forget(keys);
    for (const stream of sessionsOf(untold)) hub.reset(stream);
  }

  async #apply(events: readonly RecordedEvent[]): Promise<void> {
    const { store, vault, forget, secondPlace } = this.parts;
    const last = events.at(-1);
    if (last === undefined) return;
    const erasing = await erasingAmong(events, store);
    const keys = erasing.flatMap((each) => each.keys);
    await vault.destroy(keys);
    for (const { subject, item } of keys) if (item === undefined) await forget(subject);
    // A line that was taken back says so by its own event to whoever watches.
    const untold = erasing.filter(({ event }) => event.type === 'PersonalDataErased');
    this.refresh(
      keys,
      untold.flatMap((each) => each.keys),
    );
    if (secondPlace !== null) this.#unlisted = [...this.#unlisted, ...keys];
    this.#toNote = last;
    this.#advance(last.position);
  }

  #advance(position: Position): void {
    this.#destroyed = position;
    if (!this.#isFinishing) void this.#finish();
  }

  /** Later erasures do not wait for an earlier one to leave the files. */
  async #finish(): Promise<void> {
    const { signal } = this.#end;
    this.#isFinishing = true;
    while (this.#applied !== this.#destroyed && !signal.aborted) {
      const upTo = this.#destroyed;
      try {
        if (this.#toNote !== null) await this.#note(this.#toNote);
        this.#settle(upTo);
      } catch (error) {
        if (signal.aborted) break;
        // That the second place cannot be used is told once, by itself.
        if (!(error instanceof SecondPlaceTrouble)) this.#onFailure(error);
        await pause(1000, undefined, { signal }).catch(() => undefined);
      }
    }
    this.#isFinishing = false;
  }

  /** Only what left no trace and stands in the second place is noted: after a crash the rest is carried out once more. */
  async #note(last: RecordedEvent): Promise<void> {
    const { vault } = this.parts;
    await this.#list();
    const late = setTimeout(() => this.#onFailure(new Error(heldUp)), patienceMs);
    await vault.whenTraceless().finally(() => clearTimeout(late));
    await vault.setErasuresAppliedUpTo(markOf(last));
    if (this.#toNote === last) this.#toNote = null;
  }

  async #list(): Promise<void> {
    const keys = this.#unlisted;
    if (keys.length === 0) return;
    await this.parts.secondPlace?.addErasedKeys(keys);
    this.#unlisted = this.#unlisted.slice(keys.length);
  }

  #settle(position: Position | null): void {
    this.#applied = position;
    for (const waiter of this.#waiting) if (this.#isApplied(waiter.position)) waiter.settle(true);
  }

  #isApplied(position: Position): boolean {
    return this.#applied !== null && this.parts.store.comparePositions(this.#applied, position) >= 0;
  }
}

const heldUp =
  'Bytes of erased keys are still in the files of the vault: another process has been reading it for long, or the disk is full.';

function sessionsOf(keys: readonly ErasedKey[]): ReadonlySet<StreamName> {
  return new Set(
    keys.filter((key) => key.subject.startsWith('supportSession-')).map((key) => key.subject as StreamName),
  );
}
