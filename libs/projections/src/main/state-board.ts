import type { Position } from '@deskside/event-store';
import type { ProjectionState } from '../engine/projection-state';

type Listener = (states: readonly ProjectionState[]) => void;

const MOVES_EVERY_MS = 250;

/** The states as the administrator sees them: what the worker says, moved on by each commit. */
export class StateBoard {
  #states: readonly ProjectionState[] = [];
  readonly #listeners = new Set<Listener>();
  #planned: NodeJS.Timeout | undefined;

  get states(): readonly ProjectionState[] {
    return this.#states;
  }

  add(listener: Listener): () => void {
    const own: Listener = (states) => listener(states);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  replace(states: readonly ProjectionState[]): void {
    this.#states = states;
    this.#tell();
  }

  committed(names: readonly string[], position: Position): void {
    this.#states = this.#states.map((state) => (names.includes(state.name) ? { ...state, position } : state));
    this.#planned ??= setTimeout(() => this.#tell(), MOVES_EVERY_MS).unref();
  }

  /** The thread that fills the read models is gone: nothing moves until there is another. */
  stopped(reason: string): void {
    this.replace(this.#states.map((state) => ({ ...state, status: 'failed', lastError: reason })));
  }

  close(): void {
    clearTimeout(this.#planned);
    this.#listeners.clear();
  }

  #tell(): void {
    clearTimeout(this.#planned);
    this.#planned = undefined;
    for (const listener of [...this.#listeners]) listener(this.#states);
  }
}
