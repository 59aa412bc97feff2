import type { Position } from '@deskside/event-store';

type Listener = (position: Position) => void;

/** Tells those that watch a read model, once for all commits that arrived in one turn of the event loop. */
export class ChangeListeners {
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #changed = new Map<string, Position>();
  #planned: NodeJS.Immediate | undefined;

  add(name: string, listener: Listener): () => void {
    const own: Listener = (position) => listener(position);
    const all = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, all.add(own));
    return () => void all.delete(own);
  }

  changed(names: readonly string[], position: Position): void {
    for (const name of names) this.#changed.set(name, position);
    if (names.length > 0) this.#planned ??= setImmediate(() => this.#tell());
  }

  close(): void {
    clearImmediate(this.#planned);
    this.#listeners.clear();
  }

  #tell(): void {
    this.#planned = undefined;
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const [name, position] of changed)
      for (const listener of [...(this.#listeners.get(name) ?? [])]) listener(position);
  }
}
