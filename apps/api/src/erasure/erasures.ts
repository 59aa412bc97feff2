import { setTimeout as pause } from 'node:timers/promises';
import { erasingEventTypes, eventRegistry } from '@deskside/domain';
import type { ErasedKey } from '@deskside/domain';
import type { EventStore, Position, RecordedEvent, StreamName } from '@deskside/event-store';
import type { Vault } from '@deskside/vault';
import type { CommandPath } from '../command-path/command-path';
import type { EventHub } from '../live-feed/event-hub';
import { readableEnvelope } from '../log/readable';

/**
 * Destroys the keys that erasing events name, in the order of the log. How far it came stands in the vault itself, so a
 * vault that is restored from an older backup is brought up to the log again before anything is served.
 */
export class Erasures {
  readonly #end = new AbortController();
  readonly #waiting = new Set<{ readonly position: Position; readonly resolve: () => void }>();
  #applied: Position | null = null;

  constructor(
    private readonly parts: {
      readonly store: EventStore;
      readonly vault: Vault;
      readonly commands: CommandPath;
      readonly hub: EventHub;
      /** Takes away what is kept of a subject outside the log; doing it twice changes nothing. */
      readonly forget: (subject: string) => Promise<void>;
      /** The vault's position is of another log: all erasures are carried out again, which changes nothing. */
      readonly fromStart: boolean;
    },
  ) {}

  /** Settles once every erasure in the log is applied; goes on with new ones until `close`. */
  async start(onFailure: (error: unknown) => void): Promise<void> {
    const { vault, fromStart } = this.parts;
    this.#applied = fromStart ? null : ((await vault.erasuresAppliedUpTo()) as Position | null);
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
        after: this.#applied,
        types: erasingEventTypes,
        signal,
        onEvents: (events) => this.#apply(events),
        onCaughtUp: (position) => {
          if (position !== null) this.#settle(position);
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

  /** Settles when every erasure up to this position has been carried out. */
  applied(position: Position): Promise<void> {
    if (this.#isApplied(position)) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.add({ position, resolve }));
  }

  close(): void {
    this.#end.abort();
  }

  async #apply(events: readonly RecordedEvent[]): Promise<void> {
    const { vault, commands, hub, forget } = this.parts;
    const last = events.at(-1);
    if (last === undefined) return;
    const keys = events.flatMap(erasedKeys);
    await vault.destroy(keys);
    for (const { subject, item } of keys) if (item === undefined) await forget(subject);
    await vault.setErasuresAppliedUpTo(last.position);
    commands.forgetFolds();
    for (const stream of sessionsTouched(events)) hub.reset(stream);
    this.#settle(last.position);
  }

  #settle(position: Position): void {
    this.#applied = position;
    for (const waiter of this.#waiting) {
      if (!this.#isApplied(waiter.position)) continue;
      this.#waiting.delete(waiter);
      waiter.resolve();
    }
  }

  #isApplied(position: Position): boolean {
    return this.#applied !== null && this.parts.store.comparePositions(this.#applied, position) >= 0;
  }
}

function erasedKeys(event: RecordedEvent): readonly ErasedKey[] {
  return eventRegistry.get(event.type)?.erases?.(readableEnvelope(event)?.payload) ?? [];
}

/** Sessions whose watchers hold what is gone now. A line that was taken back says so by its own event. */
function sessionsTouched(events: readonly RecordedEvent[]): ReadonlySet<StreamName> {
  const keys = events.filter((event) => event.type === 'PersonalDataErased').flatMap(erasedKeys);
  return new Set(
    keys.filter((key) => key.subject.startsWith('supportSession-')).map((key) => key.subject as StreamName),
  );
}
