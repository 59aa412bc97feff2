import type { Position } from '@deskside/event-store';
import type { ProjectionState, RebuildResult } from '../engine/projection-state';

/**
 * `moved`: the main thread reads the new file now, the old one may go. `spoilt`: it found that a file is not what was
 * written. Events are never sent.
 */
export type ToWorker =
  | { readonly kind: 'wake'; readonly head: Position }
  | { readonly kind: 'rebuild'; readonly id: number; readonly name: string }
  | { readonly kind: 'pause'; readonly id: number; readonly name: string; readonly paused: boolean }
  | { readonly kind: 'moved'; readonly name: string }
  | { readonly kind: 'spoilt'; readonly name: string; readonly file: string; readonly reason: string }
  | { readonly kind: 'close' };

export interface Committed {
  readonly kind: 'committed';
  readonly position: Position;
  readonly names: readonly string[];
  readonly changed: readonly string[];
}

export type FromWorker =
  | {
      readonly kind: 'ready';
      readonly files: Readonly<Record<string, string>>;
      readonly states: readonly ProjectionState[];
      /** Of small files that had to be made anew, one sentence each. */
      readonly damagedFiles: readonly string[];
    }
  | { readonly kind: 'unusable'; readonly message: string }
  | Committed
  | { readonly kind: 'states'; readonly states: readonly ProjectionState[] }
  | { readonly kind: 'switched'; readonly name: string; readonly file: string }
  /** A personal text does not open; why, without a word of it. */
  | { readonly kind: 'textUnreadable'; readonly reason: string }
  | { readonly kind: 'answer'; readonly id: number; readonly result: RebuildResult }
  | { readonly kind: 'closed' };
